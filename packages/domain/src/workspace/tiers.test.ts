import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTier, periodEnd, periodOf, runLimit } from './tiers.ts';

test('free has ten runs a month and pro a thousand; what is unknown has no more than free', () => {
  expect([runLimit('free'), runLimit('pro'), runLimit('gold'), runLimit('constructor')]).toEqual([
    10, 1_000, 10, 10,
  ]);
  expect([isTier('pro'), isTier('toString')]).toEqual([true, false]);
});

test.each([
  ['2026-11-30T23:59:59.999Z', '2026-11-01', '2026-12-01T00:00:00.000Z'],
  ['2026-12-01T00:00:00.000Z', '2026-12-01', '2027-01-01T00:00:00.000Z'],
  ['2028-02-29T12:00:00.000+14:00', '2028-02-01', '2028-03-01T00:00:00.000Z'],
])('%s counts in the month of UTC', (at, period, end) => {
  expect(periodOf(new Date(at))).toBe(period);
  expect(periodEnd(period).toISOString()).toBe(end);
});

test('every moment lies in the month it is counted in', () => {
  const dates = fc.date({ min: new Date('2000-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(dates, (at) => {
      const period = periodOf(at);
      expect(new Date(period).getTime()).toBeLessThanOrEqual(at.getTime());
      expect(periodEnd(period).getTime()).toBeGreaterThan(at.getTime());
      expect(periodOf(periodEnd(period))).not.toBe(period);
    }),
  );
});
