import type { BatchItemStatus, batchItemStatuses } from '@signalbox/domain/provisioning/batch-operation';
import type { BatchView } from './batch-view.ts';
import { itemSigns, operationsWord } from './batch-words.ts';

const fills: Record<BatchItemStatus, string> = {
  completed: 'bg-clear',
  running: 'bg-accent',
  failed: 'bg-stop',
  skipped: 'bg-idle',
  cancelled: 'bg-idle',
  waiting: 'bg-transparent ring-1 ring-line-strong ring-inset',
};
const inOrder = [
  'completed',
  'running',
  'failed',
  'skipped',
  'cancelled',
  'waiting',
] as const satisfies readonly (typeof batchItemStatuses)[number][];

interface BatchCountsProps {
  batch: Pick<BatchView, 'counts'>;
  chosen: BatchItemStatus | undefined;
  onChoose: (status: BatchItemStatus | undefined) => void;
}

/** How the operations of a batch stand. Each number shows those in the table. */
export function BatchCounts({ batch: { counts }, chosen, onChoose }: BatchCountsProps) {
  return (
    <div className="grid gap-2">
      <div
        aria-hidden="true"
        className="flex h-2.5 gap-0.5 overflow-hidden rounded-full bg-sunken ring-1 ring-line"
      >
        {inOrder.map((status) =>
          counts[status] === 0 || status === 'waiting' ? null : (
            <span
              key={status}
              className={`min-w-1 transition-[width] duration-150 ${fills[status]}`}
              style={{ width: `${(100 * counts[status]) / counts.total}%` }}
            />
          ),
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1 text-sm tabular-nums">
        <span className="font-medium">{operationsWord(counts.total)}</span>
        {inOrder.map((status) =>
          counts[status] === 0 ? null : (
            <button
              key={status}
              type="button"
              aria-pressed={chosen === status}
              onClick={() => onChoose(chosen === status ? undefined : status)}
              className="inline-flex min-h-6 items-center gap-1.5 rounded-sm underline-offset-4 hover:underline aria-pressed:font-semibold"
            >
              <span aria-hidden="true" className={`size-2.5 rounded-xs ${fills[status]}`} />
              {counts[status]} {itemSigns[status].word.toLowerCase()}
            </button>
          ),
        )}
      </div>
    </div>
  );
}
