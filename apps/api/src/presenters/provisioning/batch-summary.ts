import type { BatchSummary } from '@signalbox/contracts/provisioning/batch-record';
import type { BatchRecord } from '@signalbox/db/queries/provisioning/batch';
import { batchItemStatuses, batchStatus } from '@signalbox/domain/provisioning/batch-operation';
import { moment, optionalMoment } from '../time.ts';

const none: Omit<BatchSummary['counts'], 'total'> = {
  waiting: 0,
  running: 0,
  completed: 0,
  failed: 0,
  skipped: 0,
  cancelled: 0,
};

/** A batch in a list. */
export function presentBatchSummary(batch: BatchRecord): BatchSummary {
  const { undoRun, undoProblem } = batch;
  const counts = { ...none, ...batch.counts };
  const total = batchItemStatuses.reduce((sum, status) => sum + counts[status], 0);
  return {
    id: batch.uid,
    name: batch.name,
    version: batch.version,
    storageBackend: batch.storageBackend,
    status: batchStatus(batch.status),
    statusText: statusText(batch, { ...counts, total }),
    parallelLimit: batch.parallelLimit,
    rollbackEnabled: batch.rollbackEnabled,
    infras: [...batch.infras],
    requestedBy: batch.initiatorName,
    createdAt: moment(batch.createdAt),
    ...optionalMoment('finishedAt', batch.finishedAt),
    counts: { ...counts, total },
    ...(batch.parentUid !== null && { parentId: batch.parentUid }),
    ...(batch.abortedBy !== null && { cancelledBy: batch.abortedBy }),
    ...(batch.abortReason !== null && { cancelReason: batch.abortReason }),
    ...((undoRun !== null || undoProblem !== null) && {
      undo: {
        ...(undoRun !== null && {
          run: { id: undoRun.id, codename: undoRun.codename, status: undoRun.status },
        }),
        ...(undoProblem !== null && { problem: undoProblem }),
      },
    }),
  };
}

function statusText(batch: BatchRecord, counts: BatchSummary['counts']): string {
  const { completed, failed, skipped, total } = counts;
  const done = `${completed} of ${total} operations completed`;
  switch (batch.status) {
    case 'working':
      if (batch.undoRun !== null) return 'Failed, and what was done is being undone.';
      if (batch.abortedBy !== null) return `Cancelled by ${batch.abortedBy}; what ran is stopping.`;
      return `${done}.`;
    case 'completed':
      return `All ${total} operations completed.`;
    case 'failed': {
      const left = skipped === 0 ? '' : `, ${skipped} skipped`;
      return `${failed} failed${left}; ${done}${undone(batch)}.`;
    }
    case 'aborted':
      return `Cancelled by ${batch.abortedBy ?? 'nobody that is known'}; ${done}.`;
  }
}

function undone({ undoRun, undoProblem }: BatchRecord): string {
  if (undoRun?.status === 'succeeded') return '; what was done has been undone';
  if (undoRun !== null) return '; not all of what was done could be undone';
  return undoProblem === null ? '' : '; nothing was undone';
}
