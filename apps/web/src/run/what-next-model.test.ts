import { expect, it } from 'vitest';
import { cardTone, nextStepsOf, quietFor } from './what-next-model.ts';

const now = Date.parse('2026-03-01T12:10:00.000Z');

it('mentions a running run only when it has shown nothing for minutes', () => {
  const startedAt = '2026-03-01T12:00:00.000Z';
  const run = { status: 'running' as const, startedAt };
  expect(quietFor(run, now)).toBe(600_000);
  expect(quietFor({ ...run, progress: { updatedAt: '2026-03-01T12:09:00.000Z' } }, now)).toBeNull();
  expect(quietFor({ ...run, status: 'succeeded' }, now)).toBeNull();
  expect(quietFor({ status: 'running' }, now)).toBeNull();
});

it('gives a run that waits another tone than one that works', () => {
  const waiting = { gate: 'worker', sentence: '', since: '', freedBy: '' };
  expect(cardTone({ status: 'queued', waiting })).toBe('lunar');
  expect(cardTone({ status: 'running' })).toBe('accent');
  expect(cardTone({ status: 'partial' })).toBe('caution');
});

it('offers each step once, the deeds first, and none that leads to the page one is on', () => {
  const step = (code: string, href?: string) => ({
    code,
    label: code,
    ...(href === undefined ? {} : { href }),
  });
  const here = '/w/ws-default/runs/15';
  const steps = nextStepsOf(
    {
      whatNext: { sentence: '', nextSteps: [step('open_run', here), step('ask_manager')] },
      safeError: {
        code: 'items_failed',
        message: '',
        nextSteps: [step('retry_failed_items', `${here}?tab=items`), step('ask_manager')],
      },
    },
    here,
  );
  expect(steps.map(({ code }) => code)).toEqual(['retry_failed_items', 'ask_manager']);
});
