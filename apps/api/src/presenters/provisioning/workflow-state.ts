import { createHash } from 'node:crypto';
import type { BatchPart, StateChange, Workflow } from '@signalbox/db/queries/provisioning/workflow';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { planStatuses } from '@signalbox/domain/plan/plan-status';
import { batchStatus } from '@signalbox/domain/provisioning/batch-operation';
import { longestChainMs, remainingMs } from '@signalbox/domain/provisioning/estimate';
import { taskStatus } from '@signalbox/domain/provisioning/task-status';
import { isTerminal, runStatuses } from '@signalbox/domain/run/lifecycle';
import { percent } from '../percent.ts';
import { moment } from '../time.ts';
import { statusWords } from './contract-batch.ts';

/** How far a workflow is, in the words of the provisioning contract. */
export function presentProgress(workflow: Workflow) {
  return workflow.kind === 'task' ? progressOfTask(workflow) : progressOfBatch(workflow);
}

function progressOfTask(task: Extract<Workflow, { kind: 'task' }>) {
  const { uid, status, counts, fraction, currentStep, elapsedMs, usualMs } = task;
  const { total, succeeded, failed, skipped } = counts;
  const ended = isTerminal(status);
  const left = ended ? null : remainingMs({ elapsedMs, fraction, usualMs });
  return {
    workflow_id: uid,
    progress: percent(status === 'succeeded' ? 1 : (fraction ?? 0)),
    ...(!ended && currentStep !== null && { current_step: currentStep }),
    ...(total > 0 && { total_steps: total }),
    completed_steps: succeeded + failed + skipped,
    ...(left !== null && { estimated_time_remaining: Math.ceil(left / 1_000) }),
  };
}

const endedItems: readonly BatchPart['status'][] = ['done', 'failed', 'skipped', 'aborted'];

function progressOfBatch({ uid, status, items }: Extract<Workflow, { kind: 'batch' }>) {
  const isOver = ({ status: item }: BatchPart): boolean => endedItems.includes(item);
  const shares = items.map((item) => (isOver(item) ? 1 : (item.fraction ?? 0)));
  const current = items.filter((item) => item.status === 'admitted').map(({ key }) => key);
  const known = items.every((item) => isOver(item) || item.usualMs !== null || (item.fraction ?? 0) > 0);
  const left = longestChainMs(
    items.map((item) => ({
      id: item.id,
      needs: item.needs,
      leftMs: isOver(item) ? 0 : (remainingMs(item) ?? 0),
    })),
  );
  return {
    workflow_id: uid,
    progress: percent(shares.reduce((sum, share) => sum + share, 0) / Math.max(1, items.length)),
    ...(current.length > 0 && { current_step: current.join(', ') }),
    ...(items.length > 0 && { total_steps: items.length }),
    completed_steps: items.filter(isOver).length,
    ...(status === 'working' && known && { estimated_time_remaining: Math.ceil(left / 1_000) }),
  };
}

/** One change of a workflow's state, in the words of the provisioning contract. */
export function presentSnapshot({ uid, kind }: Workflow, change: StateChange) {
  return {
    snapshot_id: snapshotId(uid, change.seq),
    timestamp: moment(change.at),
    state: kind === 'task' ? wordOf(change.data.to) : batchWord(change),
    details: { sequence: change.seq, kind: change.kind, ...(change.data as JsonObject) },
  };
}

function wordOf(status: unknown): string {
  const known = runStatuses.find((each) => each === status);
  return known === undefined ? String(status) : taskStatus(known);
}

/** A batch runs while its operations go on; only its own change says how it ended. */
function batchWord({ kind, data }: StateChange): string {
  const ended = kind === 'state' ? planStatuses.find((each) => each === data.to) : undefined;
  return statusWords[ended === undefined ? 'running' : batchStatus(ended)];
}

/** The same uuid each time: what is derived needs no table. Version 8 says that its bits are ours. */
function snapshotId(uid: string, seq: number): string {
  const digest = createHash('sha256').update(`${uid}:${seq}`).digest();
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
