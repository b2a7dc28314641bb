/** How long a lock lasts without a sign of life of its holder, ms. */
export const lockMs = 10 * 60_000;

/** Who edits a session, or did last. */
export interface LockHolder {
  readonly userId: number;
  readonly name: string;
}

/** The lock of a session as it stands. After `until` it means nothing, but it is still known who had it. */
export interface LockFacts {
  readonly holder: LockHolder | null;
  readonly until: Date | null;
  /** Grows whenever the lock changes hands: the number that fences off a former holder. */
  readonly version: number;
}

/** Somebody who wants to edit. */
export interface LockAsk {
  readonly userId: number;
  /** Whether they mean to take it from whoever has it; whether they may was asked before. */
  readonly takeover: boolean;
  /** The version they saw; null when they saw none and act on the present state. */
  readonly version: number | null;
}

export type LockDecision =
  /** Theirs already: it lasts longer. */
  | { readonly kind: 'renewed'; readonly version: number; readonly until: Date }
  /** Theirs now. `from` is who had it without giving it back: what they typed is kept for them. */
  | {
      readonly kind: 'taken' | 'taken_over';
      readonly version: number;
      readonly until: Date;
      readonly from: LockHolder | null;
    }
  /** Somebody else is editing. */
  | { readonly kind: 'locked'; readonly by: LockHolder }
  /** The lock has changed hands since they looked, and nobody is editing now. */
  | { readonly kind: 'stale' };

/**
 * Whether somebody may edit a session now. A lock that is free or has run out goes to anybody; a live one of somebody
 * else only by a takeover. Whoever names the version they saw is told when it is no longer the present one, so that a
 * former holder never writes over what came after.
 */
export function decideLock(lock: LockFacts, ask: LockAsk, now: Date): LockDecision {
  const holder = liveHolder(lock, now);
  const other = holder !== null && holder.userId !== ask.userId ? holder : null;
  if (other !== null && !ask.takeover) return { kind: 'locked', by: other };
  if (ask.version !== null && ask.version !== lock.version) return { kind: 'stale' };
  const until = new Date(now.getTime() + lockMs);
  if (lock.holder?.userId === ask.userId) return { kind: 'renewed', version: lock.version, until };
  const kind = other === null ? 'taken' : 'taken_over';
  return { kind, version: lock.version + 1, until, from: lock.holder };
}

/** Who is editing at this moment. */
export function liveHolder({ holder, until }: LockFacts, now: Date): LockHolder | null {
  return until !== null && until > now ? holder : null;
}
