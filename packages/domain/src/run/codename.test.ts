import { expect, test } from 'vitest';
import { codename } from './codename.ts';

test('a number always has the same name of two plain words', () => {
  for (const number of [0, 1, 39, 40, 1_599, 1_600, 0xffffff, Number.MAX_SAFE_INTEGER, -5, 2.7]) {
    expect(codename(number)).toMatch(/^[a-z]+-[a-z]+$/);
    expect(codename(number)).not.toContain('undefined');
    expect(codename(number)).toBe(codename(number));
  }
});

test('neighbouring numbers have different names, and all pairs of words are used', () => {
  const names = Array.from({ length: 1_600 }, (_, number) => codename(number));
  expect(new Set(names).size).toBe(1_600);
});
