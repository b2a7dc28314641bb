import { expect, test } from 'vitest';
import { type KeyFacts, keyAge, retired, rotationDue, signingKeyOf, tidyingDue } from './signing-key-age.ts';

const key = (ageSeconds: number, supersededSeconds: number | null = null, canSign = true): KeyFacts => ({
  ageSeconds,
  supersededSeconds,
  canSign,
});

test('a new key signs once every process has read it, and at once when there is no other', () => {
  const old = key(1_000, 5);
  const fresh = key(5);
  expect(signingKeyOf([fresh, old])).toBe(old);
  const known = key(keyAge.signsAfter);
  expect(signingKeyOf([known, key(1_000, keyAge.signsAfter)])).toBe(known);
  expect(signingKeyOf([fresh])).toBe(fresh);
  expect(signingKeyOf([fresh, key(1_000, 5, false)])).toBe(fresh);
  expect(signingKeyOf([])).toBeUndefined();
});

test('a key is followed by another after thirty days', () => {
  expect(rotationDue([])).toBe(true);
  expect(rotationDue([key(keyAge.rotatesAfter - 1)])).toBe(false);
  expect(rotationDue([key(keyAge.rotatesAfter)])).toBe(true);
  expect(rotationDue([key(1), key(keyAge.rotatesAfter, 1)])).toBe(false);
});

test('a superseded key loses its private half first, and verifies for longer than any session lives', () => {
  const week = 7 * 24 * 3_600;
  expect(tidyingDue([key(1), key(9_999, keyAge.privateGoesAfter - 1)])).toBe(false);
  expect(tidyingDue([key(1), key(9_999, keyAge.privateGoesAfter)])).toBe(true);
  expect(tidyingDue([key(1), key(9_999, week, false)])).toBe(false);
  expect(retired(key(9e9, week + 3_600, false))).toBe(false);
  expect(tidyingDue([key(1), key(9e9, keyAge.retiresAfter, false)])).toBe(true);
  expect(retired(key(9e9, keyAge.retiresAfter, false))).toBe(true);
  expect(retired(key(9e9))).toBe(false);
});
