import type { Capability } from './capabilities.ts';
import { holds, isPerson, type KeyFacts, type Principal } from './principal.ts';

/** The most keys of a workspace that are neither revoked nor expired. */
export const mostLiveKeys = 100;

/** The longest life a key can be given, in days; a key without an end can be made as well. */
export const longestKeyDays = 365;

/** How many hours a rotated secret may go on working at most: a week, for programs that are told slowly. */
export const longestOverlapHours = 168;

export const keyStatuses = ['active', 'expired', 'revoked'] as const;
export type KeyStatus = (typeof keyStatuses)[number];

/** Whether a key works. One that was revoked is told as revoked, also after it would have expired. */
export function keyStatus(
  key: { readonly expiresAt: Date | null; readonly revokedAt: Date | null },
  now: Date,
): KeyStatus {
  if (key.revokedAt !== null) return 'revoked';
  return key.expiresAt !== null && key.expiresAt.getTime() <= now.getTime() ? 'expired' : 'active';
}

/** Why somebody may not hand out a key: it could do what they cannot do themselves. */
export type KeyTooWide =
  | { readonly lacks: 'capability'; readonly capability: Capability }
  /** Only a person may make a key that acts for people: a key could step past its own limits with it. */
  | { readonly lacks: 'person' };

/** Why this caller may not give out such a key; null when they may. Nobody gives what they do not hold. */
export function keyTooWide(
  giver: Principal,
  key: { readonly capabilities: readonly Capability[]; readonly mayActFor: boolean },
): KeyTooWide | null {
  const capability = key.capabilities.find((each) => !holds(giver, each));
  if (capability !== undefined) return { lacks: 'capability', capability };
  return key.mayActFor && !isPerson(giver) ? { lacks: 'person' } : null;
}

/** A key that speaks for itself: its capabilities alone decide, over all tenants of its workspace. */
export function keyAlone(workspaceId: string, key: KeyFacts): Principal {
  return { workspaceId, userId: null, username: key.name, role: 'viewer', tenants: 'all', key };
}
