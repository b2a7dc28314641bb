/** Lost leases a run may have before it counts as poison; the next one ends it. */
export const maxLostLeases = 5;

export interface ClaimedFacts {
  readonly cancelRequested: boolean;
  /** Takeovers of an expired lease since the last recorded step result. */
  readonly lostLeases: number;
}

/** What a worker does with a run it has just claimed. */
export type AfterClaim = 'execute' | 'cancel' | 'poison';

/**
 * A run whose workers keep dying must not take a sixth worker with it,
 * and a cancel that arrived while it waited is honoured before any work.
 */
export function decideAfterClaim(facts: ClaimedFacts): AfterClaim {
  if (facts.cancelRequested) return 'cancel';
  return facts.lostLeases > maxLostLeases ? 'poison' : 'execute';
}
