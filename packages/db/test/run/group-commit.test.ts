import { createGroupCommit } from '@signalbox/db/client/group-commit';
import { isTransient } from '@signalbox/db/client/transient';
import { expect, test } from 'vitest';

test('what arrives while a commit is on its way shares the next one, group by group', async () => {
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
  gates.shift()?.();
  expect(await first).toBe(10);
  await expect.poll(() => gates.length).toBe(1);
  gates.shift()?.();
  await expect.poll(() => gates.length).toBe(1);
  gates.shift()?.();
  expect(await Promise.all(rest)).toEqual([20, 30, 40]);
  expect(batches).toEqual([
    ['a', [1]],
    ['a', [2, 4]],
    ['b', [3]],
  ]);
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
