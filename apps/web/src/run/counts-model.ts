import type { Counts, ItemOutcome } from '@signalbox/domain/run/counts';

export interface CountSegment {
  readonly outcome: ItemOutcome | 'remaining';
  readonly count: number;
  /** Part of the bar, 0 to 1. */
  readonly share: number;
}

/** The counts bar: its segments, and whether the numbers contradict each other. */
export interface CountsView {
  readonly segments: readonly CountSegment[];
  /** False until the operation knows how many items there are; no share is invented then. */
  readonly totalKnown: boolean;
  /** More results than items: shown as it is, never hidden. */
  readonly inconsistent: boolean;
}

export function countsView(counts: Counts): CountsView {
  const { total, succeeded, failed, skipped } = counts;
  const done = succeeded + failed + skipped;
  const inconsistent = total > 0 && done > total;
  const totalKnown = total > 0;
  const whole = Math.max(total, done, 1);
  const segment = (outcome: CountSegment['outcome'], count: number): CountSegment => ({
    outcome,
    count,
    share: count / whole,
  });
  return {
    totalKnown,
    inconsistent,
    segments: [
      segment('succeeded', succeeded),
      segment('failed', failed),
      segment('skipped', skipped),
      segment('remaining', totalKnown ? Math.max(0, total - done) : 0),
    ],
  };
}
