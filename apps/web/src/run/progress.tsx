import type { RunSummary } from '@signalbox/contracts/run/run-summary';

/** `120/200 · 3 failed` with a thin bar: what a list shows of a run's items. */
export function Progress({ counts }: { counts: RunSummary['counts'] }) {
  const { total, succeeded, failed, skipped } = counts;
  if (total === 0) return <span className="text-faint">—</span>;
  const done = succeeded + failed + skipped;
  const width = (count: number) => ({ width: `${(100 * count) / Math.max(total, done)}%` });
  return (
    <span className="grid max-w-44 min-w-28 gap-1">
      <span className="text-sm whitespace-nowrap tabular-nums">
        {done}
        <span className="text-faint">/{total}</span>
        {failed > 0 && <span className="font-medium text-stop"> · {failed} failed</span>}
      </span>
      <span aria-hidden="true" className="flex h-1 gap-px overflow-hidden rounded-full bg-sunken">
        <span className="bg-clear" style={width(succeeded)} />
        <span className="bg-stop" style={width(failed)} />
        <span className="bg-idle" style={width(skipped)} />
      </span>
    </span>
  );
}
