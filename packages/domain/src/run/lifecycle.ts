/**
 * The lifecycle of a run: its states, who moves each on, and the only moves there are.
 * The table is data so that the database, the tests and the diagram in docs/lifecycle.md are made from one source.
 */

/** Every state a run can be in, in the order a run usually meets them. */
export const runStatuses = [
  'pending',
  'queued',
  'running',
  'awaiting_approval',
  'succeeded',
  'partial',
  'failed',
  'cancelled',
  'rejected',
  'expired',
  'vetoed',
] as const;

export type RunStatus = (typeof runStatuses)[number];

/** What each state means and who moves a run out of it. */
export const statusMeaning: Readonly<Record<RunStatus, string>> = {
  pending: 'Recorded but not yet asked to start. Its creator starts or cancels it; nothing else moves it.',
  queued: 'Admitted and holding its scope. The next free worker takes it once its wake time has come.',
  running:
    'A worker holds the lease and writes for it. That worker moves it on, or the next one after an expired lease.',
  awaiting_approval: 'Stopped until enough members decide. An approver, the expiry or a cancel moves it on.',
  succeeded: 'Ended: every item that was not skipped did what was asked.',
  partial: 'Ended: some items succeeded and some failed. The failed ones can be retried as a new run.',
  failed: 'Ended: the work could not be done. The safe error says why and what to do next.',
  cancelled: 'Ended: a person asked for it to stop before all work was done.',
  rejected: 'Ended: an approver said no. Going again is a replay through the start gate.',
  expired: 'Ended: nobody decided before the approval ran out.',
  vetoed: 'Ended: a security finding stopped it. No approval can lift a veto.',
};

/** From each state, the states it may move to. Anything absent is refused, here and by the database. */
export const transitions: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  pending: ['queued', 'awaiting_approval', 'cancelled'],
  queued: ['running', 'cancelled'],
  running: ['queued', 'awaiting_approval', 'succeeded', 'partial', 'failed', 'cancelled', 'vetoed'],
  awaiting_approval: ['queued', 'rejected', 'expired', 'cancelled'],
  succeeded: [],
  partial: [],
  failed: [],
  cancelled: [],
  rejected: [],
  expired: [],
  vetoed: [],
};

/** States in which a run still counts as the same work for dedupe. */
export const activeStatuses = [
  'pending',
  'queued',
  'running',
  'awaiting_approval',
] as const satisfies RunStatus[];

/** States nothing leads out of. */
export const terminalStatuses = runStatuses.filter((status) => transitions[status].length === 0);

export function isTerminal(status: RunStatus): boolean {
  return transitions[status].length === 0;
}

export function canMove(from: RunStatus, to: RunStatus): boolean {
  return transitions[from].includes(to);
}
