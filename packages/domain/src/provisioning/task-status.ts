import type { RunStatus } from '../run/lifecycle.ts';

/** What a provisioning task is called at each point of its life, in the order it usually meets them. */
export const taskStatuses = ['Pending', 'Running', 'Completed', 'Failed', 'Cancelled'] as const;

export type TaskStatus = (typeof taskStatuses)[number];

const words: Readonly<Record<RunStatus, TaskStatus>> = {
  pending: 'Pending',
  queued: 'Pending',
  running: 'Running',
  // Somebody has to decide, but the task has begun and nobody has to start it.
  awaiting_approval: 'Running',
  succeeded: 'Completed',
  // What was asked has not been done; the task's output says which part was.
  partial: 'Failed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  rejected: 'Cancelled',
  expired: 'Cancelled',
  vetoed: 'Failed',
};

/** The word of a provisioning task for the status of its run. */
export function taskStatus(status: RunStatus): TaskStatus {
  return words[status];
}

/** The statuses of runs that a task word stands for; what a filter by it asks for. */
export function runStatusesOf(task: TaskStatus): RunStatus[] {
  return (Object.keys(words) as RunStatus[]).filter((status) => words[status] === task);
}
