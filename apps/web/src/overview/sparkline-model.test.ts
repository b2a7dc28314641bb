import { expect, it } from 'vitest';
import { rateText, sparkFacts, sparkText } from './sparkline-model.ts';

const hour = (filled: Record<number, number>) => Array.from({ length: 60 }, (_, at) => filled[59 - at] ?? 0);

it('adds up, and finds the busiest minute and how long ago it was', () => {
  expect(sparkFacts(hour({ 0: 1, 12: 3, 59: 2 }))).toEqual({
    total: 6,
    most: 3,
    mostAgo: 12,
    perMinute: 0.1,
  });
  expect(sparkFacts(hour({ 5: 2, 40: 2 })).mostAgo).toBe(5);
  expect(sparkFacts([])).toEqual({ total: 0, most: 0, mostAgo: 0, perMinute: 0 });
});

it('says in words what the bars show', () => {
  expect(sparkText(hour({}))).toBe('No run ended in the last hour.');
  expect(sparkText(hour({ 0: 4 }))).toContain('4 in all, at most 4, in the minute just gone');
  expect(sparkText(hour({ 12: 3, 13: 1 }))).toContain('4 in all, at most 3, in the minute 12 min ago');
});

it.each([
  [0, '0'],
  [1 / 60, '< 0.1'],
  [0.1, '0.1'],
  [9.94, '9.9'],
  [1_234.4, '1,234'],
])('writes a rate of %d as %s', (rate, text) => {
  expect(rateText(rate)).toBe(text);
});
