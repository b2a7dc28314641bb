/** The longest external id of a tenant. */
export const longestExternalId = 200;

/** What a sign-in page takes for "whichever tenant the person belongs to". None of them is a tenant. */
const shared: readonly string[] = ['common', 'organizations', 'consumers'];

const shape = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/;

/**
 * What other systems know a tenant by, in its one form: a domain, a GUID or an alias, in lower case. Null for what can
 * be none. Two texts that differ only in case, in their Unicode form or in spaces around them are one id; letters
 * beyond ASCII are none, since they can look like others.
 */
export function canonicalExternalId(text: string): string | null {
  const folded = text.normalize('NFC').trim().toLowerCase();
  if (folded.length > longestExternalId || !shape.test(folded) || shared.includes(folded)) return null;
  return folded;
}
