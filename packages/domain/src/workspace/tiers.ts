/** What a workspace pays for. */
export const tiers = ['free', 'pro'] as const;
export type Tier = (typeof tiers)[number];

export const tierLabels: Readonly<Record<Tier, string>> = { free: 'Free', pro: 'Pro' };

/** Runs that count, per calendar month in UTC. */
export const runsPerMonth: Readonly<Record<Tier, number>> = { free: 10, pro: 1_000 };

export function isTier(name: string): name is Tier {
  return (tiers as readonly string[]).includes(name);
}

/** A tier as it is stored; one that this version does not know is held to the least. */
export function knownTier(name: string): Tier {
  return isTier(name) ? name : 'free';
}

/** The limit of a tier. One that this version does not know is held to the least. */
export function runLimit(tier: string): number {
  return runsPerMonth[knownTier(tier)];
}

/** The month a moment belongs to, as its first day in UTC: `YYYY-MM-01`. */
export function periodOf(at: Date): string {
  return `${at.toISOString().slice(0, 7)}-01`;
}

/** When the month of a period is over and counting begins anew. */
export function periodEnd(period: string): Date {
  const [year = 0, month = 1] = period.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1));
}
