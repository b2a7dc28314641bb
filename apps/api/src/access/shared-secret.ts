import { createHash, timingSafeEqual } from 'node:crypto';

/** A secret that another system sends in a header. */
export interface SharedSecret {
  /** Whether this is the secret. Takes the same time for every text, of whatever length, and for none. */
  matches(given: string | undefined): boolean;
}

/**
 * Keeps a secret as its hash: hashes have one length, so the comparison never stops at the first that differs.
 * @param equal compares in constant time; a test counts what it is asked
 */
export function sharedSecret(secret: string, equal = timingSafeEqual): SharedSecret {
  const wanted = sha256(secret);
  return { matches: (given) => equal(sha256(given ?? ''), wanted) && given !== undefined };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
