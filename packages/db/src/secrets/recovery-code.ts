import { createHash, randomBytes } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';

/** As many as fit on a small sheet of paper. */
const count = 10;

/** RFC 4648's alphabet: no 0 and no 1, which look like letters. 32 signs, so that a byte modulo 32 is fair. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

const shape = /^[a-z2-7]{5}-?[a-z2-7]{5}-?[a-z2-7]{5}$/;

/** Ten codes of 75 random bits, such as `k7qdm-2xvrt-c4hna`. Too long to guess, so a plain hash keeps them. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: count }, () => {
    const signs = [...randomBytes(15)].map((byte) => alphabet[byte % 32]).join('');
    return [signs.slice(0, 5), signs.slice(5, 10), signs.slice(10)].join('-');
  });
}

/** The stored form of a recovery code, or null for a text that cannot be one. Case and hyphens do not matter. */
export function recoveryCodeHash(code: string): Buffer | null {
  const lower = code.toLowerCase();
  if (!shape.test(lower)) return null;
  return createHash('sha256').update(lower.replaceAll('-', '')).digest();
}

/** The stored forms of new codes, as an array of PostgreSQL. */
export function recoveryCodeHashes(codes: readonly string[]): SQL {
  const hashes = codes.map((code) => sql`${recoveryCodeHash(code)}::bytea`);
  return sql`array[${sql.join(hashes, sql`, `)}]`;
}
