import { expect, test } from 'vitest';
import { type Capability, roleHolds } from '../access/capabilities.ts';
import { operationRule } from '../operation/registry.ts';
import { actionCapability, actionProblem, actionsFor, runActions } from './actions.ts';
import { isTerminal, runStatuses } from './lifecycle.ts';

const facts = {
  status: 'partial',
  failedItems: 2,
  cancelRequested: false,
  rule: operationRule('snapshot_capture'),
} as const;
const everything = () => true;

test('a run can be cancelled until it ends, and run again only afterwards', () => {
  for (const status of runStatuses) {
    const ended = isTerminal(status);
    expect(actionProblem('cancel', { ...facts, status }) === null, status).toBe(!ended);
    expect(actionProblem('replay', { ...facts, status }) === null, status).toBe(ended);
    expect(actionProblem('retry_failed_items', { ...facts, status }) === null, status).toBe(ended);
  }
});

test('a second cancel is refused, and items are retried only where some failed and the operation can run them alone', () => {
  expect(actionProblem('cancel', { ...facts, status: 'running', cancelRequested: true })).toMatch(/already/);
  expect(actionProblem('retry_failed_items', { ...facts, failedItems: 0 })).toMatch(/no failed items/);
  const whole = operationRule('provider.connection.check');
  expect(actionProblem('retry_failed_items', { ...facts, rule: whole })).toMatch(/on their own/);
});

test('every action is listed with a verdict, and a refused one says why', () => {
  for (const status of runStatuses) {
    const listed = actionsFor({ ...facts, status }, everything);
    expect(listed.map(({ action }) => action)).toEqual([...runActions]);
    for (const { allowed, reason } of listed) expect(reason === null).toBe(allowed);
  }
});

test('who lacks the capability is told its name, but the state of the run is told first', () => {
  const viewer = (capability: Capability) => roleHolds('viewer', capability);
  for (const verdict of actionsFor({ ...facts, status: 'partial' }, viewer)) {
    expect(verdict.allowed).toBe(false);
    const expected = verdict.action === 'cancel' ? 'already ended' : actionCapability(verdict.action);
    expect(verdict.reason).toContain(expected);
  }
});
