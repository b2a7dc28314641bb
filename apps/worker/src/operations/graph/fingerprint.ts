import { createHash } from 'node:crypto';
import type { LiveFacts } from '@signalbox/domain/backup/compare-policy';
import { type PolicyImage, policyText } from '@signalbox/domain/backup/policy';

/** SHA-256 over kind, payload, assignments and scope tags in canonical form, hex. Equal content has an equal hash. */
export function policyHash(image: PolicyImage): string {
  return createHash('sha256').update(policyText(image)).digest('hex');
}

/**
 * What a verdict on an item rests on, as one text: the hash of the live object; `absent` when there is none; and
 * `absent:<hash>` when others carry its name, since they decide between creating and a conflict.
 */
export function liveFingerprint(facts: LiveFacts): string {
  if (facts.live !== null) return policyHash(facts.live);
  if (facts.sameName.length === 0) return 'absent';
  const others = facts.sameName.map(policyHash).sort().join();
  return `absent:${createHash('sha256').update(others).digest('hex')}`;
}
