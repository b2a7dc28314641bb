import { expect, it } from 'vitest';
import { makeStartKeys } from './start-key.ts';

it('keeps the key while the same body is sent again', () => {
  const keys = makeStartKeys();
  expect(keys.keyOf({ a: 1 })).toBe(keys.keyOf({ a: 1 }));
  expect(keys.keyOf({ a: 1 })).toMatch(/^[0-9a-f]{32}$/);
});

it('takes another key for another body, so that a corrected form is not refused as a mismatch', () => {
  const keys = makeStartKeys();
  expect(keys.keyOf({ a: 1 })).not.toBe(keys.keyOf({ a: 2 }));
});

it('takes a new key once an answer was kept under the old one', () => {
  const keys = makeStartKeys();
  const first = keys.keyOf({ a: 1 });
  keys.used({ a: 1 });
  expect(keys.keyOf({ a: 1 })).not.toBe(first);
});
