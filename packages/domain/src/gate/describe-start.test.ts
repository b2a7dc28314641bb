import { expect, test } from 'vitest';
import { operationRule } from '../operation/registry.ts';
import { describeStart, operationLabel, type StartVerdict, verdictReason } from './describe-start.ts';

const rule = operationRule('snapshot_capture');
const since = new Date('2026-03-01T12:00:00Z');
const holder = { scopeKey: 's', runId: 40, operation: 'restore_execute', since, expectedEnd: null };

const verdicts: readonly (readonly [StartVerdict, string | null, string])[] = [
  [{ kind: 'accepted', status: 'queued', connectionId: 1 }, null, 'accepted'],
  [{ kind: 'accepted', status: 'awaiting_approval', connectionId: 1 }, 'approval_required', 'approval'],
  [{ kind: 'deduped', run: { runId: 41, status: 'queued' }, connectionId: 1 }, 'already_active', 'run 41'],
  [{ kind: 'scope_busy', holder, connectionId: 1 }, 'scope_busy', 'Run 40 (Restore policies)'],
  [{ kind: 'blocked', reason: 'throttled', connectionId: 1 }, 'throttled', 'wait'],
  [
    {
      kind: 'blocked',
      reason: 'permission_missing',
      connectionId: 1,
      missingPermissions: ['A.Read', 'B.Read'],
    },
    'permission_missing',
    'Missing: A.Read, B.Read.',
  ],
];

test.each(verdicts)('%j has its reason and one sentence that says what matters', (verdict, reason, part) => {
  expect(verdictReason(verdict)).toBe(reason);
  const said = describeStart(verdict, rule, false);
  expect(said).toContain(part);
  expect(said).toMatch(/^[A-Z].*\.$/);
  expect(said).not.toMatch(/undefined|null|NaN/);
});

test('a what-if does not say that anything was done', () => {
  for (const [verdict] of verdicts.slice(0, 3)) {
    expect(describeStart(verdict, rule, true)).toMatch(/may start|would/);
    expect(describeStart(verdict, rule, false)).not.toMatch(/would/);
  }
});

test('an operation this version no longer knows is called by its name', () => {
  expect(operationLabel('snapshot_capture')).toBe('Capture policies');
  expect(operationLabel('gone.operation')).toBe('gone.operation');
  expect(operationLabel('constructor')).toBe('constructor');
});
