import { expect, it } from 'vitest';
import { countsView } from './counts-model.ts';

it('fills the bar exactly, whatever the counts', () => {
  for (const counts of [
    { total: 200, succeeded: 117, failed: 3, skipped: 0 },
    { total: 3, succeeded: 1, failed: 1, skipped: 1 },
    { total: 10, succeeded: 9, failed: 4, skipped: 0 },
  ]) {
    const sum = countsView(counts).segments.reduce((whole, { share }) => whole + share, 0);
    expect(sum).toBeCloseTo(1, 10);
  }
});

it('does not hide more results than items', () => {
  expect(countsView({ total: 10, succeeded: 9, failed: 4, skipped: 0 }).inconsistent).toBe(true);
  expect(countsView({ total: 10, succeeded: 6, failed: 4, skipped: 0 }).inconsistent).toBe(false);
});

it('invents no share and no remainder while the total is unknown', () => {
  const view = countsView({ total: 0, succeeded: 0, failed: 0, skipped: 0 });
  expect(view.totalKnown).toBe(false);
  expect(view.segments.every(({ share, count }) => share === 0 && count === 0)).toBe(true);
});
