import type { RunSummary } from '@signalbox/contracts/run/run-summary';
import { Link } from '@tanstack/react-router';
import { type CountSegment, countsView } from './counts-model.ts';
import { outcomeWord } from './outcome-words.ts';

const fills: Record<CountSegment['outcome'], string> = {
  succeeded: 'bg-clear',
  failed: 'bg-stop',
  skipped: 'bg-idle',
  remaining: 'bg-transparent',
};

interface CountsBarProps {
  counts: RunSummary['counts'];
  operation: string;
  /** Which items are shown now. */
  chosen: string | undefined;
  /** What is counted where there are no items behind the numbers, in the plural. */
  things?: string | undefined;
}

/** How the items of a run stand. Each number leads to those items, where there are any. */
export function CountsBar({ counts, operation, chosen, things }: CountsBarProps) {
  const { segments, totalKnown, inconsistent } = countsView(counts);
  const done = counts.succeeded + counts.failed + counts.skipped;
  if (!totalKnown && done === 0) return null;
  return (
    <section aria-label={things === undefined ? 'Items' : 'Counts'} className="grid gap-2">
      <div
        aria-hidden="true"
        className="flex h-2.5 gap-0.5 overflow-hidden rounded-full bg-sunken ring-1 ring-line"
      >
        {/* Without a total there is no share to draw: the bar says that it is not known. */}
        {!totalKnown && (
          <span className="w-full bg-[repeating-linear-gradient(135deg,var(--line-strong)_0_6px,transparent_6px_12px)]" />
        )}
        {segments.map(({ outcome, share }) =>
          share === 0 || !totalKnown ? null : (
            <span
              key={outcome}
              className={`min-w-1 transition-[width] duration-150 ${fills[outcome]}`}
              style={{ width: `${share * 100}%` }}
            />
          ),
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1 text-sm tabular-nums">
        <span className="font-medium">
          {totalKnown
            ? `${done.toLocaleString('en')} of ${counts.total.toLocaleString('en')} ${things ?? 'items'}`
            : `${done.toLocaleString('en')} ${things ?? 'items'} so far, the total is not known yet`}
        </span>
        {segments.map(({ outcome, count }) => {
          if (count === 0) return null;
          const text = (
            <>
              <span
                aria-hidden="true"
                className={`size-2.5 rounded-xs ${fills[outcome]} ${outcome === 'remaining' ? 'ring-1 ring-line-strong' : ''}`}
              />
              {count.toLocaleString('en')} {outcomeWord(operation, outcome)}
            </>
          );
          if (things !== undefined) {
            return (
              <span key={outcome} className="inline-flex min-h-6 items-center gap-1.5">
                {text}
              </span>
            );
          }
          return (
            <Link
              key={outcome}
              to="."
              search={(old) => ({
                ...old,
                tab: 'items' as const,
                outcome: chosen === outcome ? undefined : outcome,
              })}
              replace
              aria-current={chosen === outcome}
              className="inline-flex min-h-6 items-center gap-1.5 rounded-sm hover:underline aria-[current=true]:font-semibold"
            >
              {text}
            </Link>
          );
        })}
        {inconsistent && (
          <strong className="text-stop">More results than items: these numbers contradict each other.</strong>
        )}
      </div>
    </section>
  );
}
