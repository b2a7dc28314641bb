import fc from 'fast-check';
import { expect, it } from 'vitest';
import { failingRow, type NumberedRow, scaleOf, sortRows, ticksOf } from './timeline-model.ts';

const start = Date.UTC(2026, 2, 14, 2, 0, 0);
const at = (ms: number) => new Date(start + ms).toISOString();

const timelines = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 1, max: 60_000 }), fc.integer({ min: 10_000, max: 9_000_000 })), {
      maxLength: 5,
    }),
    fc.integer({ min: 1, max: 60_000 }),
  )
  .map(([stretches, last]) => {
    let reached = 0;
    const gaps = stretches.map(([work, gap]) => {
      const from = reached + work;
      reached = from + gap;
      return { from: at(from), to: at(reached) };
    });
    return { from: at(0), to: at(reached + last), gaps };
  });

it('places every moment within the picture and never one before an earlier one', () => {
  fc.assert(
    fc.property(
      timelines,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (timeline, a, b) => {
        const scale = scaleOf(timeline, 0);
        const moment = (share: number) => scale.from + (scale.to - scale.from) * share;
        const [early, late] = [moment(Math.min(a, b)), moment(Math.max(a, b))];
        expect(scale.x(early)).toBeLessThanOrEqual(scale.x(late) + 1e-9);
        expect(scale.x(scale.from)).toBe(0);
        expect(scale.x(scale.to)).toBeCloseTo(1, 6);
      },
    ),
  );
});

it('gives work that much room, however long the gaps beside it were', () => {
  const timeline = { from: at(0), to: at(7_210_000), gaps: [{ from: at(5_000), to: at(7_205_000) }] };
  const scale = scaleOf(timeline, 0);
  expect(scale.x(start + 5_000)).toBeGreaterThan(0.45);
  expect(scale.folds).toHaveLength(1);
});

it('marks round times, few enough to read, none of them inside a fold', () => {
  fc.assert(
    fc.property(timelines, (timeline) => {
      const scale = scaleOf(timeline, 0);
      const ticks = ticksOf(scale, 8);
      expect(ticks[0]).toEqual({ at: 0, sinceMs: 0 });
      expect(ticks.length).toBeLessThanOrEqual(17);
      for (const [index, tick] of ticks.entries()) {
        expect(tick.at).toBeGreaterThanOrEqual(ticks[index - 1]?.at ?? 0);
        const moment = scale.from + tick.sinceMs;
        expect(scale.folds.some((fold) => fold.from < moment && moment < fold.to)).toBe(false);
      }
    }),
  );
});

it('draws a run that goes on until now', () => {
  const scale = scaleOf({ from: at(0), gaps: [] }, start + 8_000);
  expect(scale.x(start + 4_000)).toBeCloseTo(0.5, 6);
});

const rows: NumberedRow[] = ['done', 'failed', 'done'].map((state, number) => ({
  number,
  row: {
    ...{ label: `Step ${10 - number}`, attempt: 1, continued: false, from: at(number), to: at(number + 100) },
    state: state as 'done' | 'failed',
    segments: [{ kind: 'working', from: at(number), to: at(number + 100 - number * 10) }],
  },
}));

it('sorts rows both ways and keeps their numbers', () => {
  const numbers = (sort: Parameters<typeof sortRows>[1]) =>
    sortRows(rows, sort, 0).map(({ number }) => number);
  expect(numbers(undefined)).toEqual([0, 1, 2]);
  expect(numbers('-began')).toEqual([2, 1, 0]);
  expect(numbers('label')).toEqual([2, 1, 0]);
  expect(numbers('worked')).toEqual([2, 1, 0]);
  expect(numbers('-state')).toEqual([1, 2, 0]);
});

it('opens the row that failed, unless work went on after it', () => {
  expect(failingRow(rows.slice(0, 2))).toBe(1);
  expect(failingRow(rows)).toBeNull();
  expect(failingRow(rows.slice(0, 1))).toBeNull();
});
