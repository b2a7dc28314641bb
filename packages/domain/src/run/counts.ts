/** How many items a run has and how they ended. `succeeded + failed + skipped <= total`, equal at the end. */
export interface Counts {
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
}

export const noCounts: Counts = { total: 0, succeeded: 0, failed: 0, skipped: 0 };

/** The result of one item of a run. */
export const itemOutcomes = ['succeeded', 'failed', 'skipped'] as const;
export type ItemOutcome = (typeof itemOutcomes)[number];

/** Items without a result yet. */
export function remaining(counts: Counts): number {
  return counts.total - counts.succeeded - counts.failed - counts.skipped;
}
