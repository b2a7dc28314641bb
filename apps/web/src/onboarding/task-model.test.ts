import { expect, it } from 'vitest';
import { nextTask, taskSummary } from './task-model.ts';

it('counts tasks by how they stand', () => {
  expect(taskSummary([{ status: 'fail' }, { status: 'ok' }, { status: 'ok' }, { status: 'warn' }])).toBe(
    '2 ok, 1 with a warning, 1 failing',
  );
  expect(taskSummary([])).toBe('no task yet');
});

it('names the first task that is not good as the next, and none when all are', () => {
  const tasks = [
    { name: 'a', status: 'warn' },
    { name: 'b', status: 'unknown' },
    { name: 'c', status: 'fail' },
  ] as const;
  expect(nextTask(tasks)?.name).toBe('b');
  expect(nextTask([{ status: 'ok' }, { status: 'warn' }])).toBeNull();
});
