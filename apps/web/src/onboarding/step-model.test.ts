import { expect, it } from 'vitest';
import { obstacleOf, shownStep } from './step-model.ts';

it('opens the step asked for only when the session has come so far', () => {
  expect(shownStep('2', 3)).toBe(2);
  expect(shownStep('4', 3)).toBe(3);
  expect(shownStep(undefined, 3)).toBe(3);
});

it('tells what a step still needs, and nothing of one that needs nothing', () => {
  const steps = [
    { step: 1, label: 'Identify the tenant', state: 'done' as const },
    { step: 2, label: 'Connection', state: 'current' as const, obstacle: 'Choose one first.' },
  ];
  expect(obstacleOf({ steps }, 1)).toBeNull();
  expect(obstacleOf({ steps }, 2)).toBe('Choose one first.');
});
