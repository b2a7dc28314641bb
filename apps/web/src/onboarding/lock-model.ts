import { timeLeft } from '../connection/connection-model.ts';

/** Who edits a session, as the server told it. */
export interface Lock {
  readonly holder?: string | null | undefined;
  readonly until?: string | null | undefined;
  readonly mine: boolean;
}

/** `ending` is one's own lock that is about to run out; an expired lock is no lock. */
export type LockState = 'free' | 'mine' | 'ending' | 'other';

/** How long before its end the holder of a lock is told, ms. Long enough to read it, decide and act (WCAG 2.2.1). */
export const noticeMs = 120_000;
/** A lock of which so much is left is not renewed yet, ms. */
const freshMs = 480_000;
/** Whoever did something this recently is at work, ms. */
const atWorkMs = 60_000;

/** How much of a lock is left, ms; 0 when there is none. `now` is the server's clock. */
export function lockLeft(lock: Lock, now: number): number {
  return lock.until == null ? 0 : Math.max(0, Date.parse(lock.until) - now);
}

export function lockState(lock: Lock, now: number): LockState {
  const left = lockLeft(lock, now);
  if (left === 0) return 'free';
  if (!lock.mine) return 'other';
  return left <= noticeMs ? 'ending' : 'mine';
}

/** Whether the holder's last deed, at `activeAt`, asks for a longer lock now. Both times in ms. */
export function isRenewalDue(lock: Lock, activeAt: number, now: number): boolean {
  const left = lockLeft(lock, now);
  return lock.mine && left > 0 && left < freshMs && now - activeAt < atWorkMs;
}

/** The line about the lock. */
export function lockLine(lock: Lock, now: number): string {
  const left = lock.until == null ? null : timeLeft(Date.parse(lock.until), now);
  switch (lockState(lock, now)) {
    case 'free':
      return 'Nobody is editing';
    case 'other':
      return `${lock.holder ?? 'Somebody'} is editing, lock ends in ${left}`;
    default:
      return `You are editing, lock ends in ${left}`;
  }
}
