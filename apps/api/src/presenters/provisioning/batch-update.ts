import type { WsEvent } from '@signalbox/contracts/provisioning/ws-events';
import type { FeedRow } from '@signalbox/db/queries/provisioning/feed';
import type { KeptPlanEvent } from '@signalbox/domain/plan/plan-events';
import { batchItemStatus, batchStatus } from '@signalbox/domain/provisioning/batch-operation';
import { itemWords, statusWords } from './contract-batch.ts';

type BatchUpdate = Extract<WsEvent, { event_type: 'BatchOperationUpdate' }>;
type BatchRow = Extract<FeedRow, { source: 'batch' }>;

/** What happened to a batch, in the words of `/ws`. */
export function presentBatchUpdate({ uid, name, event }: BatchRow): Pick<BatchUpdate, 'event_type' | 'data'> {
  const batch = { batch_id: uid, name, status: 'Running', progress: ended(event) } as const;
  switch (event.kind) {
    case 'state':
      return update({ ...batch, status: statusWords[batchStatus(event.data.to)] });
    case 'item': {
      const { key, to, reason = null, runUid, because, message } = event.data;
      return update({
        ...batch,
        operation_id: key,
        operation_status: itemWords[batchItemStatus({ status: to, reason })],
        ...(runUid !== undefined && { task_id: runUid }),
        ...(because !== undefined && { because_of: because }),
        ...(message !== undefined && { message }),
      });
    }
    case 'undoing':
      return update({ ...batch, undoing: event.data.state, task_id: event.data.runUid });
  }
}

function update(data: BatchUpdate['data']): Pick<BatchUpdate, 'event_type' | 'data'> {
  return { event_type: 'BatchOperationUpdate', data };
}

/** Percent of the operations that will not be begun or go on any more. */
function ended({ data: { counts } }: KeptPlanEvent): number {
  const total = Object.values(counts).reduce((sum, items) => sum + items, 0);
  const open = (counts.waiting ?? 0) + (counts.admitted ?? 0);
  return total === 0 ? 0 : Math.round(((total - open) / total) * 1_000) / 10;
}
