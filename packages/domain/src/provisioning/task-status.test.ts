import { expect, it } from 'vitest';
import { isTerminal, runStatuses } from '../run/lifecycle.ts';
import { runStatusesOf, taskStatus, taskStatuses } from './task-status.ts';

it('every status of a run has a task word, and only an ended run has a word of an ended task', () => {
  const ended = ['Completed', 'Failed', 'Cancelled'];
  for (const status of runStatuses) expect(ended.includes(taskStatus(status))).toBe(isTerminal(status));
  expect(taskStatus('partial')).toBe('Failed');
  expect(taskStatus('rejected')).toBe('Cancelled');
});

it('the task words divide the statuses of runs among them', () => {
  expect(taskStatuses.flatMap(runStatusesOf).sort()).toEqual([...runStatuses].sort());
});
