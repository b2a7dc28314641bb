import { setImmediate as nextTurn } from 'node:timers/promises';
import { createGroupCommit } from '@signalbox/db/client/group-commit';
import { isTransient } from '@signalbox/db/client/transient';
import { expect, test } from 'vitest';

test('what arrives while a commit is on its way shares the next one, and each group has a line of its own', async () => {
  const batches: [string, readonly number[]][] = [];
  const gates: (() => void)[] = [];
  const group = createGroupCommit<number, number>({
    inFlight: 1,
    commit: async (name, items) => {
      batches.push([name, items]);
      await new Promise<void>((open) => gates.push(open));
      return items.map((item) => item * 10);
    },
  });
  const first = group.add('a', 1);
  await expect.poll(() => gates.length).toBe(1);
  const rest = [group.add('a', 2), group.add('b', 3), group.add('a', 4)];
  await expect.poll(() => gates.length).toBe(2);
  for (const open of gates.splice(0)) open();
  expect(await first).toBe(10);
  await expect.poll(() => gates.length).toBe(1);
  gates.shift()?.();
  expect(await Promise.all(rest)).toEqual([20, 30, 40]);
  expect(batches).toEqual([
    ['a', [1]],
    ['b', [3]],
    ['a', [2, 4]],
  ]);
});

test('a batch is bounded, and nobody is forgotten behind it', async () => {
  const sizes: number[] = [];
  const group = createGroupCommit<number, number>({
    largest: 3,
    commit: async (_, items) => {
      sizes.push(items.length);
      await nextTurn();
      return items;
    },
  });
  const items = Array.from({ length: 8 }, (_, index) => index);
  expect(await Promise.all(items.map((item) => group.add('a', item)))).toEqual(items);
  expect(sizes).toEqual([3, 3, 2]);
});

test('a bad item fails alone, and its neighbours are committed', async () => {
  const group = createGroupCommit<number, number>({
    commit: async (_, items) => {
      if (items.includes(13)) throw new Error('refused');
      return items;
    },
  });
  const results = await Promise.allSettled([1, 13, 2].map((item) => group.add('a', item)));
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('a database that does not answer fails what was sent in time, as something that may pass', async () => {
  const group = createGroupCommit<number, number>({ timeoutMs: 20, commit: () => new Promise(() => {}) });
  const error = await group.add('a', 1).catch((reason: unknown) => reason);
  expect(isTransient(error)).toBe(true);
});
