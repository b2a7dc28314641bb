import { hkdfSync } from 'node:crypto';
import type { Keyring } from '@signalbox/db/secrets/envelope';

/** Keys for one purpose, derived from the envelope keys; the first is the current one. Every process has the same. */
export function derivedKeys(keyring: Keyring, purpose: string): readonly [Buffer, ...Buffer[]] {
  const [current, ...older] = [...keyring.keys.values()].map((key) =>
    Buffer.from(hkdfSync('sha256', key, '', `signalbox ${purpose}`, 32)),
  );
  if (current === undefined) throw new Error(`There is no key for ${purpose}.`);
  return [current, ...older];
}
