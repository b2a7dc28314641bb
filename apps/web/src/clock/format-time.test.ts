import { expect, it } from 'vitest';
import { formatAbsolute, formatDuration, formatRelative } from './format-time.ts';

const now = Date.UTC(2026, 2, 1, 12, 0, 0);

it.each([
  [now - 2_000, 'just now'],
  [now + 2_000, 'just now'],
  [now - 59_999, '59s ago'],
  [now - 60_000, '1m ago'],
  [now - 3 * 3_600_000, '3h ago'],
  [now + 2 * 86_400_000, 'in 2d'],
  [now - 400 * 86_400_000, '1y ago'],
])('says how far %d is from now', (at, text) => {
  expect(formatRelative(at, now)).toBe(text);
});

it('writes UTC so that it says so', () => {
  expect(formatAbsolute(now, 'utc')).toBe('2026-03-01 12:00:00 UTC');
});

it.each([
  [-5_000, '0 ms'],
  [850, '850 ms'],
  [4_260, '4.2 s'],
  [9_999, '9.9 s'],
  [59_999, '59 s'],
  [192_000, '3 m 12 s'],
  [7_500_000, '2 h 05 m'],
  [273_600_000, '3 d 4 h'],
])('writes %d ms as a duration', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
