import { type Counts, remaining } from './counts.ts';

/** Lost leases a run may have before it counts as poison; the next one ends it. */
export const maxLostLeases = 5;

export interface ClaimedFacts {
  readonly cancelRequested: boolean;
  readonly counts: Counts;
  /** Takeovers of an expired lease since the last recorded step result. */
  readonly lostLeases: number;
}

/** What a worker does with a run it has just claimed. */
export type AfterClaim = 'execute' | 'cancel' | 'poison';

/**
 * A run whose workers keep dying must not take a sixth worker with it,
 * and a cancel that arrived while it waited is honoured before any work. When all items have their results, the cancel
 * came too late, and the run only has to be ended as what it is.
 */
export function decideAfterClaim(facts: ClaimedFacts): AfterClaim {
  const allDone = facts.counts.total > 0 && remaining(facts.counts) === 0;
  if (facts.cancelRequested && !allDone) return 'cancel';
  return facts.lostLeases > maxLostLeases ? 'poison' : 'execute';
}
