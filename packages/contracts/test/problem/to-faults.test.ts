import { expect, it } from 'vitest';
import { z } from 'zod';
import { toFaults } from '../../src/problem/to-faults.ts';

it('each unknown key has a pointer of its own, escaped as RFC 6901 says', () => {
  const { error } = z.strictObject({ a: z.strictObject({}) }).safeParse({ a: { 'x/y': 1, 'm~n': 2 } });
  expect(error && toFaults(error)).toEqual([
    { pointer: '/a/x~1y', detail: 'is not a known field' },
    { pointer: '/a/m~0n', detail: 'is not a known field' },
  ]);
});

it('a list of faults ends, and says how many more there are', () => {
  const { error } = z.array(z.string()).safeParse(Array.from({ length: 200 }, () => 1));
  const faults = error === undefined ? [] : toFaults(error);
  expect(faults).toHaveLength(51);
  expect(faults.at(-1)?.detail).toBe('and 150 more faults');
});
