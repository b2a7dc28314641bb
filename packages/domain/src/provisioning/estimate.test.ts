import fc from 'fast-check';
import { expect, test } from 'vitest';
import { longestChainMs, type Part, remainingMs } from './estimate.ts';

test('an estimate is never negative, and there is none where nothing tells', () => {
  const ms = fc.integer({ min: 0, max: 10_000_000 });
  const fraction = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(ms, fraction, fc.option(ms), (elapsedMs, done, usualMs) => {
      const left = remainingMs({ elapsedMs, fraction: done, usualMs });
      if (left === null) expect([usualMs, done === null || done <= 0]).toEqual([null, true]);
      else expect(left).toBeGreaterThanOrEqual(0);
      if (done === 1) expect(left).toBeCloseTo(0);
    }),
  );
});

test('history counts at first and the present pace at last', () => {
  expect(remainingMs({ elapsedMs: 0, fraction: 0, usualMs: 60_000 })).toBe(60_000);
  expect(remainingMs({ elapsedMs: 30_000, fraction: 0.5, usualMs: 60_000 })).toBe(30_000);
  const slow = remainingMs({ elapsedMs: 180_000, fraction: 0.9, usualMs: 60_000 });
  expect(slow).toBeGreaterThan(15_000);
});

test('parts that depend on each other take as long as their longest chain, however deep', () => {
  const graph = fc
    .array(
      fc.record({ leftMs: fc.nat({ max: 1_000 }), needs: fc.array(fc.nat({ max: 30 }), { maxLength: 3 }) }),
      {
        maxLength: 30,
      },
    )
    .map((all) =>
      all.map(({ leftMs, needs }, index): Part => {
        return { id: String(index), leftMs, needs: needs.filter((need) => need < index).map(String) };
      }),
    );
  fc.assert(
    fc.property(graph, (parts) => {
      const ends: number[] = [];
      for (const { leftMs, needs } of parts)
        ends.push(leftMs + Math.max(0, ...needs.map((need) => ends[Number(need)] ?? 0)));
      expect(longestChainMs(parts)).toBe(Math.max(0, ...ends));
    }),
  );
  const deep = Array.from({ length: 1_000 }, (_, index) => ({
    id: String(index),
    leftMs: 1,
    needs: index === 0 ? [] : [String(index - 1)],
  }));
  expect(longestChainMs(deep.reverse())).toBe(1_000);
});
