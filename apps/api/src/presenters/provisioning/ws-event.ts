import type { WsEvent } from '@signalbox/contracts/provisioning/ws-events';
import type { FeedRow, ReportedProgress } from '@signalbox/db/queries/provisioning/feed';
import { taskStatus } from '@signalbox/domain/provisioning/task-status';
import type { Counts } from '@signalbox/domain/run/counts';
import { percent } from '../percent.ts';
import { moment } from '../time.ts';
import { presentBatchUpdate } from './batch-update.ts';

/** What the contract calls the kinds of work. */
const workflowTypes: Readonly<Record<string, string>> = {
  create_servers: 'server_creation',
  create_taskserv: 'taskserv_creation',
  delete_taskserv: 'taskserv_deletion',
  restart_taskserv: 'taskserv_restart',
  configure_taskserv: 'taskserv_configuration',
  create_cluster: 'cluster_creation',
  delete_cluster: 'cluster_deletion',
  scale_cluster: 'cluster_scaling',
  upgrade_cluster: 'cluster_upgrade',
  provisioning_rollback: 'rollback',
};

type RunRow = Extract<FeedRow, { source: 'run' }>;

/** An event of the feed in the words of `/ws`; null for one that its six types have no words for. */
export function presentWsEvent(row: FeedRow, cursor: string): WsEvent | null {
  const timestamp = moment(row.at);
  const shared = { cursor, sequence: String(row.place.seq) };
  if (row.source === 'batch') {
    return { timestamp, metadata: { ...shared, batch_id: row.uid }, ...presentBatchUpdate(row) };
  }
  const metadata = {
    ...shared,
    task_id: row.uid,
    workflow_type: workflowTypes[row.operation] ?? row.operation,
    ...(row.batchUid !== null && { batch_id: row.batchUid }),
  };
  const told = presentRunEvent(row);
  return told === null ? null : { timestamp, metadata, ...told };
}

type Told = WsEvent extends infer TEvent
  ? TEvent extends WsEvent
    ? Pick<TEvent, 'event_type' | 'data'>
    : never
  : never;

function presentRunEvent(row: RunRow): Told | null {
  const { event, uid } = row;
  switch (event.kind) {
    case 'state': {
      const { from, to } = event.data;
      const status = taskStatus(to);
      const previous = from === null ? null : taskStatus(from);
      // A task that waits for a worker, or is taken over by another, is called what it was called before.
      if (status === previous) return null;
      const data = {
        task_id: uid,
        name: row.operation,
        status,
        ...(previous !== null && { previous_status: previous }),
        progress: status === 'Completed' ? 100 : row.reported === null ? 0 : share(row.reported),
      };
      return { event_type: 'TaskStatusChanged', data };
    }
    case 'progress': {
      const { counts, fraction, message, currentStep } = event.data;
      const data = {
        ...progressOf(uid, counts, fraction),
        ...(currentStep !== undefined && { current_step: currentStep }),
        ...(message !== undefined && { message }),
      };
      return { event_type: 'WorkflowProgressUpdate', data };
    }
    case 'item':
      return { event_type: 'WorkflowProgressUpdate', data: progressOf(uid, event.data.counts, undefined) };
    case 'log': {
      const { level, step } = event.data;
      const data = {
        task_id: uid,
        level,
        message: row.text ?? '',
        ...(row.line !== null && { line: row.line }),
        ...(step !== undefined && { step }),
      };
      return { event_type: 'LogEntry', data };
    }
    case 'step':
    case 'request':
      return null;
  }
}

function progressOf(uid: string, counts: Counts, fraction: number | undefined) {
  return {
    workflow_id: uid,
    progress: share({ counts, ...(fraction !== undefined && { fraction }) }),
    completed_steps: ended(counts),
    ...(counts.total > 0 && { total_steps: counts.total }),
  };
}

/** Percent of the items there are that have a result; where the work says more exactly how far it is, that. */
function share({ counts, fraction }: ReportedProgress): number {
  return percent(fraction ?? (counts.total === 0 ? 0 : ended(counts) / counts.total));
}

function ended({ succeeded, failed, skipped }: Counts): number {
  return succeeded + failed + skipped;
}
