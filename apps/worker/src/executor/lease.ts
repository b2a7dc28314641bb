import type { ClaimedRun } from '@signalbox/db/commands/run/claim-runs';
import { LeaseLost } from '@signalbox/db/commands/run/run-write';

/** Why work on a run has to stop. */
export type StopCause =
  /** A person asked for it. */
  | 'cancel'
  /** The worker is going; the next one continues. */
  | 'shutdown'
  /** What was to be recorded could not be, for a reason that will not pass. */
  | 'broken'
  /** Another worker may own the run: nothing more may be written. */
  | 'lease_lost';

/** The reason with which the signal of a run aborts. */
export class Stopped extends Error {
  readonly stopCause: StopCause;

  constructor(stopCause: StopCause) {
    super(`The work was stopped: ${stopCause}.`);
    this.name = 'Stopped';
    this.stopCause = stopCause;
  }
}

/** The right to write for one run, as this process knows it. */
export interface Lease {
  readonly runId: number;
  readonly workspaceId: string;
  readonly epoch: number;
  /** Aborts as soon as there is any cause to stop. */
  readonly signal: AbortSignal;
  /** Aborts only when the lease is lost or nothing can be recorded: for effects that must not be cut off. */
  readonly lostSignal: AbortSignal;
  /** The first cause to stop, except that a lost lease replaces any other. */
  stopCause(): StopCause | null;
  stop(cause: StopCause): void;
  /**
   * True while the last confirmed heartbeat is less than two thirds of the lease ago, on the monotonic clock.
   * Finding it older loses the lease, so whoever wakes after a long stop learns it from the first question.
   */
  held(): boolean;
  /** A heartbeat sent at `sentAt` was answered. */
  confirm(sentAt: number): void;
  /** The value of `work`, or LeaseLost as soon as the lease is lost. */
  whileHeld<T>(work: Promise<T>): Promise<T>;
}

export interface LeaseClock {
  readonly leaseMs: number;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/** @param since monotonic time before the claim was sent: the lease cannot have begun earlier */
export function createLease(run: ClaimedRun, since: number, { leaseMs, now }: LeaseClock): Lease {
  const all = new AbortController();
  const lost = new AbortController();
  let cause: StopCause | null = null;
  let confirmedAt = since;

  const stop = (next: StopCause): void => {
    if (cause === 'lease_lost' || (cause !== null && next !== 'lease_lost')) return;
    cause = next;
    all.abort(new Stopped(next));
    if (next === 'lease_lost' || next === 'broken') lost.abort(new Stopped(next));
  };

  return {
    runId: run.id,
    workspaceId: run.workspaceId,
    epoch: run.epoch,
    signal: all.signal,
    lostSignal: lost.signal,
    stopCause: () => cause,
    stop,
    held: () => {
      if (now() - confirmedAt >= (leaseMs * 2) / 3) stop('lease_lost');
      return cause !== 'lease_lost';
    },
    confirm: (sentAt) => {
      confirmedAt = Math.max(confirmedAt, sentAt);
    },
    whileHeld: (work) =>
      new Promise((resolve, reject) => {
        const onLost = (): void => reject(new LeaseLost(run.id));
        if (cause === 'lease_lost') onLost();
        lost.signal.addEventListener('abort', onLost, { once: true });
        void work.then(resolve, reject).finally(() => lost.signal.removeEventListener('abort', onLost));
      }),
  };
}
