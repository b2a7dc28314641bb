/** What a row of counts by minute amounts to. */
export interface SparkFacts {
  readonly total: number;
  readonly most: number;
  /** How long ago the busiest minute was, in whole minutes; the latest where several are equal. */
  readonly mostAgo: number;
  readonly perMinute: number;
}

/** Reads counts by minute, the oldest first. */
export function sparkFacts(counts: readonly number[]): SparkFacts {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const most = Math.max(0, ...counts);
  const mostAgo = most === 0 ? 0 : counts.length - 1 - counts.lastIndexOf(most);
  return { total, most, mostAgo, perMinute: counts.length === 0 ? 0 : total / counts.length };
}

/** `0.2` below ten, whole above; nothing is rounded down to a nought that it is not. */
export function rateText(rate: number): string {
  if (rate === 0) return '0';
  if (rate < 0.1) return '< 0.1';
  return rate < 10 ? rate.toFixed(1) : Math.round(rate).toLocaleString('en');
}

/** The whole row in one sentence, for those who do not see it. */
export function sparkText(counts: readonly number[]): string {
  const { total, most, mostAgo } = sparkFacts(counts);
  if (total === 0) return 'No run ended in the last hour.';
  const when = mostAgo === 0 ? 'the minute just gone' : `the minute ${mostAgo} min ago`;
  return `Runs ended per minute over the last hour: ${total} in all, at most ${most}, in ${when}.`;
}
