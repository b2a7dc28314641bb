import { expect, test } from 'vitest';
import { againOf, canBeUndone, chainOf, failuresOf, namesLine } from './item-model.ts';

const timed = (id: string, dependencies: string[], seconds: number | null) => ({
  ...{ id, dependencies, wave: dependencies.length + 1, status: 'completed' as const },
  ...(seconds !== null && {
    startedAt: '2026-03-01T10:00:00Z',
    finishedAt: new Date(Date.parse('2026-03-01T10:00:00Z') + seconds * 1_000).toISOString(),
  }),
});

test('the chain that decides the duration goes by the time that was taken, and by number where none is known', () => {
  const items = [timed('a', [], 1), timed('b', [], 60), timed('c', ['a'], 1), timed('d', ['b'], null)];
  expect(chainOf(items)).toEqual(['b', 'd']);
  expect(chainOf(items.map((one) => timed(one.id, one.dependencies, null)))).toEqual(['a', 'c']);
  expect(chainOf([timed('a', [], 3), timed('b', [], 4)])).toEqual([]);
});

test('each failure is told with what it kept from beginning, also a cancelled operation', () => {
  const items = [
    { id: 'a', status: 'failed' },
    { id: 'b', status: 'skipped', becauseOf: 'a' },
    { id: 'c', status: 'skipped', becauseOf: 'a' },
    { id: 'd', status: 'cancelled' },
    { id: 'e', status: 'skipped', becauseOf: 'd' },
    { id: 'f', status: 'cancelled' },
  ] as const;
  expect(
    failuresOf<{ id: string; status: (typeof items)[number]['status']; becauseOf?: string }>(items).map(
      ({ cause, skipped }) => [cause.id, skipped.map(({ id }) => id)],
    ),
  ).toEqual([
    ['a', ['b', 'c']],
    ['d', ['e']],
  ]);
});

test('a retry begins again what did not succeed and what was undone', () => {
  const { rest, undone } = againOf([
    { status: 'completed', undone: 'none' },
    { status: 'completed', undone: 'some' },
    { status: 'completed' },
    { status: 'skipped' },
    { status: 'failed' },
  ]);
  expect([rest.length, undone.length]).toEqual([2, 1]);
  expect(
    [
      { total: 2, undone: 2 },
      { total: 2, undone: 1 },
    ].map((changes) => canBeUndone({ changes })),
  ).toEqual([false, true]);
  expect(canBeUndone({})).toBe(false);
});

test('a line of names counts what it does not name', () => {
  expect(namesLine(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
  expect(namesLine(['a'])).toBe('a');
});
