import { Link } from '@tanstack/react-router';
import { OutcomeIcon } from '../gate/outcome-icon.tsx';
import { type StartOutcome, startOutcomes } from '../gate/outcome-model.ts';
import { StatusIcon } from '../run/status-icon.tsx';
import type { BulkSearch } from './bulk-search.ts';
import type { BulkView } from './bulk-view.ts';
import { itemStatuses, itemStatusView, outcomeWords, runsWords } from './bulk-words.ts';

const inks: Readonly<Record<StartOutcome, string>> = {
  accepted: 'text-gate-accepted',
  deduped: 'text-gate-deduped',
  scope_busy: 'text-gate-scope-busy',
  blocked: 'text-gate-blocked',
};

const chip =
  'inline-flex min-h-6 items-center gap-1.5 rounded-sm px-1 hover:bg-hover aria-[current=true]:bg-accent-soft aria-[current=true]:font-semibold';

/** How the runs of a bulk action stand, and what the gate answered. Each number leads to those runs. */
export function BulkCounts({ bulk, shown }: { bulk: BulkView; shown: BulkSearch }) {
  const { counts, outcomes } = bulk;
  const settled = counts.total - counts.waiting;
  const said = (Object.keys(outcomeWords) as (keyof typeof outcomes)[]).filter((one) => outcomes[one] > 0);
  return (
    <section aria-label="Progress" className="panel grid gap-3 px-4 py-3.5">
      <div
        aria-hidden="true"
        className="flex h-2.5 gap-0.5 overflow-hidden rounded-full bg-sunken ring-1 ring-line"
      >
        {itemStatuses.map((status) =>
          counts[status] === 0 || status === 'waiting' ? null : (
            <span
              key={status}
              className={`min-w-1 transition-[width] duration-150 ${itemStatusView[status].fill}`}
              style={{ width: `${(100 * counts[status]) / counts.total}%` }}
            />
          ),
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm tabular-nums">
        <span className="mr-2 font-medium">
          {settled} of {runsWords(counts.total)}
        </span>
        {itemStatuses.map((status) =>
          counts[status] === 0 ? null : (
            <Link
              key={status}
              to="."
              search={(old) => ({
                ...old,
                outcome: undefined,
                status: shown.status === status ? undefined : status,
              })}
              replace
              aria-current={shown.status === status}
              className={chip}
            >
              <span className={itemStatusView[status].ink}>
                <StatusIcon shape={itemStatusView[status].shape} size={14} />
              </span>
              {counts[status]} {itemStatusView[status].word.toLowerCase()}
            </Link>
          ),
        )}
      </div>
      {said.length > 0 && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm tabular-nums">
          <span className="mr-2 text-muted">Answered</span>
          {said.map((outcome) => {
            const sign = startOutcomes.find((one) => one === outcome);
            return (
              <Link
                key={outcome}
                to="."
                search={(old) => ({
                  ...old,
                  status: undefined,
                  outcome: shown.outcome === outcome ? undefined : outcome,
                })}
                replace
                aria-current={shown.outcome === outcome}
                className={chip}
              >
                {sign !== undefined && (
                  <span className={inks[sign]}>
                    <OutcomeIcon outcome={sign} size={14} />
                  </span>
                )}
                {outcomes[outcome]} {outcomeWords[outcome]}
              </Link>
            );
          })}
        </div>
      )}
    </section>
  );
}
