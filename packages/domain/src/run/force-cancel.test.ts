import { expect, test } from 'vitest';
import { decideForceCancel, stopWithinMs } from './force-cancel.ts';
import { runStatuses } from './lifecycle.ts';

const now = new Date('2026-03-14T02:15:00.000Z');
const ago = (ms: number): Date => new Date(now.getTime() - ms);
const facts = { status: 'running', cancelRequestedAt: ago(5_000), leaseExpiresAt: ago(-20_000) } as const;

test('only a running run can be ended over the head of its worker', () => {
  for (const status of runStatuses) {
    const { problem } = decideForceCancel({ ...facts, status, leaseExpiresAt: ago(1) }, now);
    expect(problem === null, status).toBe(status === 'running');
  }
});

test('a cancel must have been asked for, however long the worker has been silent', () => {
  const silent = { ...facts, cancelRequestedAt: null, leaseExpiresAt: ago(600_000) };
  expect(decideForceCancel(silent, now)).toEqual({ problem: 'Ask for a cancel first.', from: null });
});

test('a worker that is heard has a minute to stop, and the verdict says when it is over', () => {
  const { problem, from } = decideForceCancel(facts, now);
  expect(problem).toMatch(/a minute to stop/);
  expect(from).toEqual(new Date(facts.cancelRequestedAt.getTime() + stopWithinMs));
  expect(decideForceCancel(facts, from ?? now).problem).toBeNull();
  expect(
    decideForceCancel({ ...facts, cancelRequestedAt: ago(stopWithinMs - 1) }, now).problem,
  ).not.toBeNull();
});

test('a worker whose lease has expired need not be waited for', () => {
  expect(decideForceCancel({ ...facts, leaseExpiresAt: ago(1) }, now).problem).toBeNull();
});
