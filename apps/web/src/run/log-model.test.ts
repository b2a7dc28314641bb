import { expect, it } from 'vitest';
import { appendChunks, blocksFor, emptyTail, nextMatch, passes } from './log-model.ts';

const at = '2026-03-01T12:00:00.000Z';
const chunk = (seq: number, line: number, text: string) => ({ seq, line, at, level: 'info' as const, text });

it('numbers lines as the server does and adds a repeated chunk once', () => {
  const once = appendChunks(emptyTail, [chunk(1, 1, 'a\nb\n'), chunk(4, 3, 'c')]);
  const again = appendChunks(once, [chunk(4, 3, 'c'), chunk(5, 4, 'd\n')]);
  expect(again.lines.map(({ number, text }) => `${number}${text}`)).toEqual(['1a', '2b', '3c', '4d']);
  expect(again).toMatchObject({ firstLine: 1, lastLine: 4, lastSeq: 5 });
});

it('is the same object when nothing is new, so that nothing is drawn again', () => {
  const tail = appendChunks(emptyTail, [chunk(1, 1, 'a')]);
  expect(appendChunks(tail, [chunk(1, 1, 'a')])).toBe(tail);
});

it('keeps a bounded end with its numbers true', () => {
  const tail = appendChunks(emptyTail, [chunk(1, 1, '1\n2\n3\n4\n5')], 3);
  expect(tail.lines.map(({ number }) => number)).toEqual([3, 4, 5]);
  expect(appendChunks(tail, [chunk(2, 6, '6')], 3).lines.map(({ number }) => number)).toEqual([4, 5, 6]);
});

it('begins anew after a gap instead of showing lines beside each other that are not', () => {
  const tail = appendChunks(emptyTail, [chunk(1, 1, 'a'), chunk(90, 80, 'z')]);
  expect(tail.lines.map(({ number }) => number)).toEqual([80]);
  expect(tail).toMatchObject({ firstLine: 1, lastLine: 80 });
});

it('asks for the blocks behind what is looked at, and for none that the end holds', () => {
  const tail = appendChunks(emptyTail, [chunk(1, 1_201, 'a\nb')]);
  const older = { ...tail, firstLine: 1 };
  expect(blocksFor(older, 480, 520)).toEqual([
    { from: 1, to: 500 },
    { from: 501, to: 1_000 },
  ]);
  expect(blocksFor(older, 1_190, 1_202)).toEqual([{ from: 1_001, to: 1_200 }]);
  expect(blocksFor(older, 1_201, 1_202)).toEqual([]);
  expect(blocksFor({ ...tail, firstLine: 1_200 }, 1, 1_202)).toEqual([{ from: 1_001, to: 1_200 }]);
});

it('filters by text without regard to case, by gravity and by step', () => {
  const line = { number: 1, at, level: 'error', step: 'read', text: 'Reading (policies)' } as const;
  expect(passes(line, { q: '(POL', level: 'warning', step: 'read' })).toBe(true);
  expect(passes({ ...line, level: 'info' }, { level: 'warning' })).toBe(false);
  expect(passes(line, { step: 'write' })).toBe(false);
  expect(passes(line, { q: '.*' })).toBe(false);
});

it('goes round through the matches in both directions', () => {
  expect([0, 3, 9].map((from) => nextMatch([3, 9], from, 1))).toEqual([3, 9, 3]);
  expect([99, 9, 3].map((from) => nextMatch([3, 9], from, -1))).toEqual([9, 3, 9]);
  expect(nextMatch([], 5, 1)).toBeNull();
});
