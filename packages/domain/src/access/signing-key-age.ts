const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** How long an access token works, in seconds. */
export const tokenLife = 15 * minute;

/** How long a process goes by the signing keys it has read, in seconds: by then a revoked key is forgotten. */
export const keysReadEvery = 10;

/**
 * Ages of signing keys, in seconds on the database's clock. A new key is made known first and signs when every process
 * has read it. A superseded key verifies for longer than a session can live, since an expired token may be refreshed
 * while its session lives; its private half goes much earlier.
 */
export const keyAge = {
  signsAfter: 2 * keysReadEvery,
  rotatesAfter: 30 * day,
  privateGoesAfter: hour,
  retiresAfter: 8 * day,
} as const;

/** What is known about a key that has not been retired. */
export interface KeyFacts {
  readonly ageSeconds: number;
  /** How long a newer key has been there; null for the newest. */
  readonly supersededSeconds: number | null;
  /** False once its private half is gone: it only verifies. */
  readonly canSign: boolean;
}

/** The key that signs now, of keys in the order newest first: the newest that every process knows, else the oldest. */
export function signingKeyOf<T extends KeyFacts>(keys: readonly T[]): T | undefined {
  const able = keys.filter((key) => key.canSign);
  return able.find((key) => key.ageSeconds >= keyAge.signsAfter) ?? able.at(-1);
}

/** Whether a new key is due, of keys in the order newest first. */
export function rotationDue(keys: readonly KeyFacts[]): boolean {
  const [newest] = keys;
  return newest === undefined || newest.ageSeconds >= keyAge.rotatesAfter;
}

/** Whether something of a superseded key is left that should be gone. */
export function tidyingDue(keys: readonly KeyFacts[]): boolean {
  return keys.some(
    (key) => retired(key) || (key.canSign && (key.supersededSeconds ?? 0) >= keyAge.privateGoesAfter),
  );
}

/** Whether a key verifies nothing any more. */
export function retired({ supersededSeconds }: KeyFacts): boolean {
  return (supersededSeconds ?? 0) >= keyAge.retiresAfter;
}
