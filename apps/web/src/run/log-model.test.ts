import { expect, it } from 'vitest';
import { appendChunks, emptyTail, filterLines } from './log-model.ts';

const at = '2026-03-01T12:00:00.000Z';
const chunk = (number: number, text: string, level: 'info' | 'error' = 'info') => ({
  seq: number,
  at,
  level,
  text,
});

it('numbers lines through all chunks and adds a repeated chunk once', () => {
  const once = appendChunks(emptyTail, [chunk(1, 'a\nb\n'), chunk(2, 'c')]);
  const again = appendChunks(once, [chunk(2, 'c'), chunk(3, 'd\n')]);
  expect(again.lines.map(({ number, text }) => `${number}${text}`)).toEqual(['1a', '2b', '3c', '4d']);
  expect(again.lastSeq).toBe(3);
});

it('is the same object when nothing is new, so that nothing is drawn again', () => {
  const tail = appendChunks(emptyTail, [chunk(1, 'a')]);
  expect(appendChunks(tail, [chunk(1, 'a')])).toBe(tail);
});

it('keeps empty lines inside a chunk', () => {
  expect(appendChunks(emptyTail, [chunk(1, 'a\n\nb\n')]).lines).toHaveLength(3);
});

it('drops the oldest lines beyond the limit and keeps the numbers true', () => {
  const tail = appendChunks(emptyTail, [chunk(1, '1\n2\n3\n4\n5')], 3);
  expect(tail).toMatchObject({ dropped: 2 });
  expect(appendChunks(tail, [chunk(2, '6')], 3).lines.map(({ number }) => number)).toEqual([4, 5, 6]);
});

it('filters by text without regard to case, and by gravity', () => {
  const { lines } = appendChunks(emptyTail, [chunk(1, 'Reading (policies)'), chunk(2, 'Failed', 'error')]);
  expect(filterLines(lines, { q: '(POL' })).toHaveLength(1);
  expect(filterLines(lines, { level: 'warning' }).map(({ text }) => text)).toEqual(['Failed']);
  expect(filterLines(lines, {})).toBe(lines);
});
