import { expect, test } from 'vitest';
import { roleHolds, roles } from '../access/capabilities.ts';
import { nextSteps } from './next-steps.ts';
import { reasonCodes, reasonRule, stepsFor } from './reasons.ts';

test.each(reasonCodes)('%s says what it is and offers every role something to do', (code) => {
  const rule = reasonRule(code);
  expect(rule.label).toMatch(/^[A-Z][^.]*$/);
  expect(rule.text).toMatch(/^[A-Z].*\.$/);
  expect(new Set(rule.nextSteps).size).toBe(rule.nextSteps.length);
  for (const role of roles) {
    const steps = stepsFor(code, (capability) => roleHolds(role, capability));
    expect(steps, role).not.toEqual([]);
  }
});

test('a step that needs a capability is offered to those who hold it and to nobody else', () => {
  const viewer = stepsFor('scope_busy', (capability) => roleHolds('viewer', capability));
  const operator = stepsFor('scope_busy', (capability) => roleHolds('operator', capability));
  expect(viewer).not.toContain('cancel_holder');
  expect(operator).toContain('cancel_holder');
  for (const code of reasonCodes) {
    const nobody = stepsFor(code, () => false);
    expect(nobody.every((step) => nextSteps[step].capability === null)).toBe(true);
    expect(stepsFor(code, () => true)).toEqual(reasonRule(code).nextSteps);
  }
});

/** Codes that were published; runs, audit entries and callers keep them for ever. */
const published = [
  'already_active',
  'scope_busy',
  'provider_connection_missing',
  'provider_connection_ambiguous',
  'connection_disabled',
  'consent_missing',
  'credential_missing',
  'credential_invalid',
  'credential_expired',
  'permission_missing',
  'throttled',
  'quota_exceeded',
  'target_missing',
  'restore_preview_missing',
  'preview_stale',
  'nothing_to_retry',
  'approval_required',
  'waiting_for_worker',
  'waiting_to_retry',
  'items_failed',
  'cancelled',
  'poison',
  'outcome_unknown',
  'provider_unavailable',
  'provider_refused',
  'conflict',
  'not_found',
  'internal',
];

test('no published code is ever taken away', () => {
  expect(reasonCodes).toEqual(expect.arrayContaining(published));
});
