import { timingSafeEqual } from 'node:crypto';
import { expect, it } from 'vitest';
import { sharedSecret } from '../../src/access/shared-secret.ts';

const secret = 'billing-secret-0123456789';

it.each([undefined, '', 'b', secret.slice(0, -1), `${secret}0`, 'ü'.repeat(12), 'x'.repeat(100_000), secret])(
  'is compared in constant time with a text of any length, and with none (%#)',
  (given) => {
    const lengths: number[][] = [];
    const shared = sharedSecret(secret, (left, right) => {
      lengths.push([left.byteLength, right.byteLength]);
      return timingSafeEqual(left, right);
    });
    expect(shared.matches(given)).toBe(given === secret);
    expect(lengths).toEqual([[32, 32]]);
  },
);

it('an empty secret is matched by no absent header', () => {
  expect(sharedSecret('').matches(undefined)).toBe(false);
});
