import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * Whether a password is one of the 3,000 commonest that are long enough for ours, in any mix of upper and lower case.
 * The list comes from the leaked passwords counted in SecLists (MIT licence), 12 characters and more; it is kept as the
 * first 48 bits of each SHA-256, since nobody needs to read it.
 */
export function isCommonPassword(password: string): boolean {
  common ??= new Set(readFileSync(new URL('./common-passwords.txt', import.meta.url), 'utf8').split('\n'));
  return common.has(digest(password.normalize('NFKC').toLowerCase()));
}

let common: ReadonlySet<string> | undefined;

function digest(folded: string): string {
  return createHash('sha256').update(folded).digest('base64url').slice(0, 8);
}
