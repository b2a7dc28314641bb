import { isTerminal, type RunStatus } from './lifecycle.ts';

/** How long a worker that is heard may take to stop after a cancel was asked for, ms. */
export const stopWithinMs = 60_000;

export interface ForceCancelFacts {
  readonly status: RunStatus;
  readonly cancelRequestedAt: Date | null;
  readonly leaseExpiresAt: Date | null;
}

/** Whether a run may be ended over the head of its worker. */
export interface ForceCancelVerdict {
  /** Why not, as a sentence; null when it may. */
  readonly problem: string | null;
  /** When it may, if nothing changes until then; null when time alone does not bring it. */
  readonly from: Date | null;
}

/**
 * Ending a run over the head of its worker is the last resort: a cancel was asked for, and its worker is gone (its
 * lease has expired) or has had its time to stop.
 */
export function decideForceCancel(facts: ForceCancelFacts, now: Date): ForceCancelVerdict {
  const { status, cancelRequestedAt, leaseExpiresAt } = facts;
  const never = (problem: string): ForceCancelVerdict => ({ problem, from: null });
  if (isTerminal(status)) return never('The run has already ended.');
  if (status !== 'running') return never('No worker has the run; a cancel ends it at once.');
  if (cancelRequestedAt === null) return never('Ask for a cancel first.');
  const from = new Date(cancelRequestedAt.getTime() + stopWithinMs);
  const silent = leaseExpiresAt !== null && leaseExpiresAt < now;
  if (silent || from <= now) return { problem: null, from: null };
  return { problem: 'Its worker is heard and has a minute to stop by itself.', from };
}
