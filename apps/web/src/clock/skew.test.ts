import { expect, it } from 'vitest';
import { narrow, offsetOf } from './skew.ts';

it('trusts our clock while no answer contradicts it', () => {
  expect(offsetOf(null)).toBe(0);
  expect(offsetOf(narrow(null, { sentAt: 5_100, receivedAt: 5_150, serverDate: 5_000 }))).toBe(0);
});

it('finds a clock that is three minutes behind, closer with each answer', () => {
  const ahead = 180_000;
  const first = narrow(null, { sentAt: 10_000, receivedAt: 10_400, serverDate: 10_000 + ahead });
  const second = narrow(first, { sentAt: 11_900, receivedAt: 11_950, serverDate: 11_000 + ahead });
  expect(second.high - second.low).toBeLessThan(first.high - first.low);
  expect(Math.abs(offsetOf(second) - ahead)).toBeLessThan(700);
});

it('believes the newest answer when a clock was set anew', () => {
  const before = narrow(null, { sentAt: 1_000, receivedAt: 1_050, serverDate: 1_000 });
  const after = narrow(before, { sentAt: 2_000, receivedAt: 2_050, serverDate: 3_602_000 });
  expect(offsetOf(after)).toBeGreaterThan(3_599_000);
});
