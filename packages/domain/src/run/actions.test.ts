import { expect, test } from 'vitest';
import { type Capability, roleHolds } from '../access/capabilities.ts';
import { operationRule } from '../operation/registry.ts';
import { actionCapability, actionProblem, actionsFor, runActions } from './actions.ts';
import { isTerminal, runStatuses } from './lifecycle.ts';

const facts = {
  status: 'partial',
  failedItems: 2,
  cancelRequestedAt: null,
  leaseExpiresAt: null,
  rule: operationRule('snapshot_capture'),
} as const;
const everything = () => true;
const now = new Date('2026-03-14T02:15:00.000Z');
const earlier = new Date('2026-03-14T02:00:00.000Z');

test('a run can be cancelled until it ends, and run again only afterwards', () => {
  for (const status of runStatuses) {
    const ended = isTerminal(status);
    expect(actionProblem('cancel', { ...facts, status }, now) === null, status).toBe(!ended);
    expect(actionProblem('replay', { ...facts, status }, now) === null, status).toBe(ended);
    expect(actionProblem('retry_failed_items', { ...facts, status }, now) === null, status).toBe(ended);
  }
});

test('a second cancel is refused, and items are retried only where some failed and the operation can run them alone', () => {
  expect(actionProblem('cancel', { ...facts, status: 'running', cancelRequestedAt: earlier }, now)).toMatch(
    /already/,
  );
  expect(actionProblem('retry_failed_items', { ...facts, failedItems: 0 }, now)).toMatch(/no failed items/);
  const whole = operationRule('provider.connection.check');
  expect(actionProblem('retry_failed_items', { ...facts, rule: whole }, now)).toMatch(/on their own/);
});

test('every action is listed with a verdict, and a refused one says why', () => {
  for (const status of runStatuses) {
    const listed = actionsFor({ ...facts, status }, everything, now);
    expect(listed.map(({ action }) => action)).toEqual([...runActions]);
    for (const { allowed, reason } of listed) expect(reason === null).toBe(allowed);
  }
});

test('who lacks the capability is told its name, but the state of the run is told first', () => {
  const viewer = (capability: Capability) => roleHolds('viewer', capability);
  for (const verdict of actionsFor({ ...facts, status: 'partial' }, viewer, now)) {
    expect(verdict.allowed).toBe(false);
    const expected = verdict.action.endsWith('cancel') ? 'already ended' : actionCapability(verdict.action);
    expect(verdict.reason).toContain(expected);
  }
});

test('who may force a cancel is told when it will be possible; nobody else is', () => {
  const asked = new Date(now.getTime() - 20_000);
  const stopping = { ...facts, status: 'running', cancelRequestedAt: asked } as const;
  const verdict = (holds: (capability: Capability) => boolean) =>
    actionsFor(stopping, holds, now).find(({ action }) => action === 'force_cancel');
  expect(verdict(everything)).toMatchObject({ allowed: false, from: new Date(asked.getTime() + 60_000) });
  expect(verdict((capability) => roleHolds('operator', capability))).toMatchObject({ from: null });
});
