import type { EvidenceStatus } from '@signalbox/domain/onboarding/evidence';
import { expect, it } from 'vitest';
import { railOf, shownStep } from './step-model.ts';

const task = (name: string, status: EvidenceStatus) => ({ task: name, status });
const consent = (status: EvidenceStatus) => task('onboarding.consent.verify', status);
const states = (session: Parameters<typeof railOf>[0]) => railOf(session).map(({ state }) => state);

it('shows what is passed, where the session stands and what is to come', () => {
  expect(states({ step: 3, status: 'in_progress', tasks: [consent('fail')] })).toEqual([
    'done',
    'done',
    'current',
    'later',
    'later',
  ]);
});

it('asks for another look at a step whose evidence no longer holds', () => {
  const tasks = [consent('unknown'), task('onboarding.rbac.verify', 'warn')];
  expect(states({ step: 5, status: 'in_progress', tasks })).toEqual([
    'done',
    'done',
    'attention',
    'done',
    'current',
  ]);
});

it('shows all steps of a completed session as done', () => {
  expect(states({ step: 5, status: 'completed', tasks: [consent('ok')] })).toEqual(
    Array.from({ length: 5 }, () => 'done'),
  );
});

it('opens the step asked for only when it was reached', () => {
  const rail = railOf({ step: 3, status: 'in_progress', tasks: [] });
  expect(shownStep('2', rail, 3)).toBe(2);
  expect(shownStep('4', rail, 3)).toBe(3);
  expect(shownStep(undefined, rail, 3)).toBe(3);
  expect(shownStep('17', rail, 3)).toBe(3);
});
