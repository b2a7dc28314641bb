import { reasons } from '../gate/reasons.ts';

/** A connection as its last check left it. */
export interface ConnectionCondition {
  readonly consent: string;
  readonly health: string;
  readonly healthReason: string | null;
  readonly credential: string;
  readonly expired: boolean;
}

/** What is wrong with a connection that is not healthy, and whether it stops work over it. */
export function connectionTrouble(facts: ConnectionCondition): { trouble: string; stops: boolean } {
  const { consent, health, healthReason, credential, expired } = facts;
  if (credential === 'missing') return { trouble: reasons.credential_missing.label, stops: true };
  if (expired) return { trouble: reasons.credential_expired.label, stops: true };
  if (credential === 'refused') return { trouble: reasons.credential_invalid.label, stops: true };
  // Nobody has looked yet whether anything is wrong.
  if (consent !== 'missing' && health === 'unknown') return { trouble: 'Never checked', stops: false };
  if (consent !== 'granted') return { trouble: reasons.consent_missing.label, stops: true };
  const known = healthReason !== null && Object.hasOwn(reasons, healthReason);
  const word = health === 'failing' ? 'Failing' : 'Degraded';
  return {
    trouble: known ? reasons[healthReason as keyof typeof reasons].label : word,
    stops: health === 'failing',
  };
}
