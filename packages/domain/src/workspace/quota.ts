import type { QuotaFacts } from '../gate/start-facts.ts';
import { periodEnd } from './tiers.ts';

/** How near a workspace is to its limit: bar, words and attention go by it. */
export const quotaLevels = ['within', 'near', 'reached'] as const;
export type QuotaLevel = (typeof quotaLevels)[number];

/** The share of the limit from which on people are told, in percent. */
export const nearLimitPercent = 80;

/** A workspace that was moved to a smaller tier may have used more than it now has: that is reached as well. */
export function quotaLevel({ current, limit }: Pick<QuotaFacts, 'current' | 'limit'>): QuotaLevel {
  if (current >= limit) return 'reached';
  return current * 100 >= limit * nearLimitPercent ? 'near' : 'within';
}

/** The quota as one sentence, with the day on which the count begins anew. */
export function describeQuota({ current, limit, period }: QuotaFacts): string {
  const reset = periodEnd(period).toISOString().slice(0, 10);
  return `${current} of ${limit} runs are used; the count begins anew on ${reset} at 00:00 UTC.`;
}

/** What this month comes to if it goes on as it has. */
export interface Projection {
  /** Runs at the end of the month at the present pace, the limit left aside. */
  readonly runsAtEnd: number;
  /** When the limit is reached at that pace; null when it is not, or already is. */
  readonly reachedAt: Date | null;
}

const dayMs = 86_400_000;

/**
 * Carries the pace of the month so far on to its end. Null before anything was used, and on the first day, from which
 * nothing can be told.
 */
export function projectUsage({ current, limit, period }: QuotaFacts, now: Date): Projection | null {
  const from = Date.parse(period);
  const passed = now.getTime() - from;
  if (current === 0 || passed < dayMs) return null;
  const whole = periodEnd(period).getTime() - from;
  const runsAtEnd = Math.round((current * whole) / Math.min(passed, whole));
  const reaches = current < limit && runsAtEnd > limit;
  return { runsAtEnd, reachedAt: reaches ? new Date(from + (passed * limit) / current) : null };
}
