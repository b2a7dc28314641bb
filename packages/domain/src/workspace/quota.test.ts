import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeQuota, projectUsage, quotaLevel } from './quota.ts';

const period = '2026-11-01';
const at = (text: string) => new Date(`2026-11-${text}Z`);

test.each([
  [0, 10, 'within'],
  [7, 10, 'within'],
  [8, 10, 'near'],
  [9, 10, 'near'],
  [10, 10, 'reached'],
  [12, 10, 'reached'],
  [799, 1_000, 'within'],
  [800, 1_000, 'near'],
] as const)('%d of %d is %s', (current, limit, level) => {
  expect(quotaLevel({ current, limit })).toBe(level);
});

test('the sentence names the day in UTC on which the count begins anew, also over the end of a year', () => {
  expect(describeQuota({ current: 8, limit: 10, period })).toBe(
    '8 of 10 runs are used; the count begins anew on 2026-12-01 at 00:00 UTC.',
  );
  expect(describeQuota({ current: 0, limit: 1_000, period: '2026-12-01' })).toContain('2027-01-01');
});

test.each([
  ['nothing was used yet', 0, '20T00:00:00'],
  ['it is the first day', 5, '01T23:59:59'],
])('no pace is told where %s', (_, current, time) => {
  expect(projectUsage({ current, limit: 10, period }, at(time))).toBeNull();
});

test('the pace so far is carried to the end of the month, with the day on which it meets the limit', () => {
  // Ten days of thirty, four runs: twelve at the end, the tenth on the 26th.
  expect(projectUsage({ current: 4, limit: 10, period }, at('11T00:00:00'))).toEqual({
    runsAtEnd: 12,
    reachedAt: at('26T00:00:00'),
  });
  expect(projectUsage({ current: 3, limit: 10, period }, at('11T00:00:00'))).toEqual({
    runsAtEnd: 9,
    reachedAt: null,
  });
  // What is used up already is not reached once more.
  expect(projectUsage({ current: 10, limit: 10, period }, at('11T00:00:00'))?.reachedAt).toBeNull();
});

test('a projection never tells less than was used, and meets the limit within the month only', () => {
  const facts = fc.record({
    current: fc.integer({ min: 1, max: 2_000 }),
    limit: fc.constantFrom(10, 1_000),
    ms: fc.integer({ min: 86_400_000, max: 30 * 86_400_000 }),
  });
  fc.assert(
    fc.property(facts, ({ current, limit, ms }) => {
      const now = new Date(Date.parse(period) + ms);
      const projection = projectUsage({ current, limit, period }, now);
      expect(projection?.runsAtEnd).toBeGreaterThanOrEqual(current);
      const reachedAt = projection?.reachedAt ?? null;
      if (reachedAt === null) return;
      expect(reachedAt.getTime()).toBeGreaterThan(now.getTime());
      expect(reachedAt.getTime()).toBeLessThan(Date.parse('2026-12-01'));
    }),
  );
});
