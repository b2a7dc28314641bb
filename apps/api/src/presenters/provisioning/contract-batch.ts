import type { WorkflowExecutionState } from '@signalbox/contracts/provisioning/batch-state';
import type { BatchItemState, BatchRecord } from '@signalbox/db/queries/provisioning/batch';
import type { BatchItemRecord } from '@signalbox/db/queries/provisioning/batch-items';
import {
  type BatchItemStatus,
  type BatchStatus,
  batchItemStatus,
  batchStatus,
} from '@signalbox/domain/provisioning/batch-operation';
import { percent } from '../percent.ts';
import { moment } from '../time.ts';

type ContractItem = WorkflowExecutionState['operations'][number];

/** The contract's words for how a batch stands. */
export const statusWords = {
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
} as const satisfies Record<BatchStatus, WorkflowExecutionState['status']>;

/** The contract's words for how an operation of a batch stands. */
export const itemWords = {
  waiting: 'Pending',
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  skipped: 'Skipped',
  cancelled: 'Cancelled',
} as const satisfies Record<BatchItemStatus, ContractItem['status']>;

/** A batch in the words of the provisioning contract. */
export function presentContractBatch(
  batch: BatchRecord,
  items: readonly (BatchItemState | BatchItemRecord)[],
): WorkflowExecutionState {
  return {
    batch_id: batch.uid,
    name: batch.name,
    status: statusWords[batchStatus(batch.status)],
    created_at: moment(batch.createdAt),
    operations: items.map((item) => ('position' in item ? presentRecord(item) : presentItem(item))),
  };
}

function presentRecord({ key, status, reason, run }: BatchItemRecord): ContractItem {
  const word = batchItemStatus({ status, reason });
  return presentItem({ key, status: word, runStatus: run?.status ?? null, progress: run?.progress ?? null });
}

function presentItem({ key, status, runStatus, progress }: Omit<BatchItemState, 'planId'>): ContractItem {
  const done = itemPercent(status, progress);
  return {
    id: key,
    // Admitted, but no worker has begun it.
    status: status === 'running' && runStatus === 'queued' ? 'Pending' : itemWords[status],
    ...(done !== null && { progress: done }),
  };
}

/** How far an operation is, in percent; null where nobody knows. */
export function itemPercent(status: BatchItemStatus, share: number | null): number | null {
  if (status === 'completed') return 100;
  return share === null ? null : percent(share);
}
