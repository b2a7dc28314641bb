import { randomBytes } from 'node:crypto';
import { connectionSecretPlace } from '@signalbox/db/secrets/connection-secret';
import { parseKeyring, seal, unseal } from '@signalbox/db/secrets/envelope';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const key = (): string => randomBytes(32).toString('base64');
const first = `k1:${key()}`;
const keyring = parseKeyring(first);
const place = connectionSecretPlace('workspace', 1);

test('what was sealed opens again, whatever it says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (plain) => {
      const blob = seal(keyring, plain, place);
      expect(unseal(keyring, blob, place)).toBe(Buffer.from(plain, 'utf8').toString('utf8'));
    }),
  );
});

test('a sealed secret does not show its text, and two seals of one text differ', () => {
  const plain = 'a client secret';
  const blob = Buffer.from(seal(keyring, plain, place));
  expect(blob.includes(plain)).toBe(false);
  expect(blob.equals(Buffer.from(seal(keyring, plain, place)))).toBe(false);
});

test('a blob that was moved to another row, column or workspace does not open', () => {
  const blob = seal(keyring, 'a client secret', place);
  const elsewhere = [
    connectionSecretPlace('workspace', 2),
    connectionSecretPlace('another', 1),
    { ...place, column: 'settings' },
  ];
  for (const other of elsewhere) expect(() => unseal(keyring, blob, other)).toThrow();
});

test('a blob with any bit changed does not open', () => {
  const blob = Buffer.from(seal(keyring, 'a client secret', place));
  fc.assert(
    fc.property(fc.nat(blob.length - 1), fc.nat(7), (at, bit) => {
      const changed = Buffer.from(blob);
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      expect(() => unseal(keyring, changed, place)).toThrow();
    }),
  );
  for (let length = 0; length < blob.length; length++) {
    expect(() => unseal(keyring, blob.subarray(0, length), place)).toThrow();
  }
});

test('a wrong key under the right name does not open a secret, and an unknown name is said so', () => {
  const blob = seal(keyring, 'a client secret', place);
  expect(() => unseal(parseKeyring(`k1:${key()}`), blob, place)).toThrow();
  expect(() => unseal(parseKeyring(`k2:${key()}`), blob, place)).toThrow('not in the keyring');
});

test('after a key change new secrets use the new key and old ones still open', () => {
  const rotated = parseKeyring(`k2:${key()}, ${first}`);
  const old = seal(keyring, 'old', place);
  const fresh = seal(rotated, 'new', place);
  expect(unseal(rotated, old, place)).toBe('old');
  expect(unseal(rotated, fresh, place)).toBe('new');
  expect(() => unseal(keyring, fresh, place)).toThrow('not in the keyring');
});

test('a keyring that cannot be used is refused without showing a key', () => {
  const short = randomBytes(16).toString('base64');
  for (const text of ['', ' , ', key(), `K1:${key()}`, `:${key()}`])
    expect(() => parseKeyring(text)).toThrow();
  const shown = (() => {
    try {
      parseKeyring(`k1:${short}`);
    } catch (error) {
      return String(error);
    }
    return 'no error';
  })();
  expect(shown).toContain('k1 is not 32 bytes');
  expect(shown).not.toContain(short);
});
