import { hashPassword, verifyPassword } from '@signalbox/db/secrets/password';
import { expect, test } from 'vitest';

test('only the password that was hashed is right, and its hash does not show it', async () => {
  const stored = await hashPassword('correct horse');
  expect(stored).toMatch(/^argon2id\$19456\$2\$1\$[\w-]{22}\$[\w-]{43}$/);
  expect(await verifyPassword('correct horse', stored)).toBe(true);
  for (const wrong of ['correct horse ', 'Correct horse', '', 'correct']) {
    expect(await verifyPassword(wrong, stored)).toBe(false);
  }
});

test('two hashes of one password differ', async () => {
  expect(await hashPassword('same')).not.toBe(await hashPassword('same'));
});

test('composed and decomposed forms are the same password', async () => {
  const composed = 'caf\u00e9 \ufb01ne \u2168';
  const stored = await hashPassword(composed);
  expect(await verifyPassword('cafe\u0301 fine IX', stored)).toBe(true);
  expect(await verifyPassword('cafe fine IX', stored)).toBe(false);
});

test('nobody has a password when there is no such user', async () => {
  for (const tried of ['', 'anything', '\0'.repeat(32)])
    expect(await verifyPassword(tried, null)).toBe(false);
});

test('a hash that was cut short or emptied is nobody\u2019s', async () => {
  const stored = await hashPassword('correct horse');
  const parts = stored.split('$');
  for (const tag of ['', parts[5]?.slice(0, 10) ?? '']) {
    expect(await verifyPassword('correct horse', [...parts.slice(0, 5), tag].join('$'))).toBe(false);
  }
});
