import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evidenceStatuses, taskStatus } from './evidence.ts';
import { isStalled, onboardingSteps } from './session.ts';
import { decideStep, isGood, type StepFacts, stepObstacle, tasksOfStep } from './steps.ts';
import { verificationTasks } from './tasks.ts';

const good: StepFacts = {
  identified: true,
  credential: true,
  tasks: Object.fromEntries(verificationTasks.map((task) => [task, 'ok'])),
};
const numbers = fc.constantFrom(...onboardingSteps.map(({ step }) => step));
const facts = fc.record({
  identified: fc.boolean(),
  credential: fc.boolean(),
  tasks: fc.record(
    Object.fromEntries(verificationTasks.map((task) => [task, fc.constantFrom(...evidenceStatuses)])),
    { requiredKeys: [] },
  ),
});

test('each step is passed when what it asks for is there, and a warning stands in nobody’s way', () => {
  for (const step of [1, 2, 3, 4] as const) {
    expect(decideStep(step, (step + 1) as 2, good)).toEqual({ kind: 'moved' });
    expect(stepObstacle(step, good)).toBeNull();
  }
  const warned = { ...good, tasks: { ...good.tasks, 'onboarding.rbac.verify': 'warn' } as const };
  expect(decideStep(4, 5, warned)).toEqual({ kind: 'moved' });
  expect(tasksOfStep(3)).toEqual(['onboarding.consent.verify']);
  expect(tasksOfStep(4)).toHaveLength(3);
});

test.each([
  { to: 2, change: { identified: false }, task: null, says: 'name and an external id' },
  { to: 3, change: { credential: false }, task: null, says: 'credential' },
  { to: 4, change: { tasks: {} }, task: 'onboarding.consent.verify', says: 'is not known to hold' },
  {
    to: 5,
    change: { tasks: { ...good.tasks, 'onboarding.permissions.verify': 'fail' } },
    task: 'onboarding.permissions.verify',
    says: 'onboarding.permissions.verify) is failing',
  },
] as const)('step $to says what it still needs', ({ to, change, task, says }) => {
  const decision = decideStep((to - 1) as 1, to, { ...good, ...change } as StepFacts);
  expect(decision).toMatchObject({ kind: 'not_ready', task, message: expect.stringContaining(says) });
});

test('back goes freely, forward one at a time and over nothing that is not good', () => {
  fc.assert(
    fc.property(numbers, numbers, facts, (from, to, drawn) => {
      const { kind } = decideStep(from, to, drawn);
      if (to === from) expect(kind).toBe('stays');
      else if (to < from) expect(kind).toBe('moved');
      else if (to > from + 1) expect(kind).toBe('not_ready');
      else {
        const passed = onboardingSteps.filter(({ step }) => step < to).map(({ step }) => step);
        const asked = passed.flatMap((step) => tasksOfStep(step));
        const ready =
          drawn.identified &&
          (to < 3 || drawn.credential) &&
          asked.every((task) => isGood(drawn.tasks[task]));
        expect(kind).toBe(ready ? 'moved' : 'not_ready');
      }
    }),
  );
});

test('evidence is trusted for 24 hours to the millisecond, and a session is stalled after as many', () => {
  const at = new Date('2026-03-01T12:00:00Z');
  const after = (ms: number) => new Date(at.getTime() + ms);
  const seen = { status: 'ok', reason: null, message: 'Seen.', recordedAt: at } as const;
  const day = 24 * 3_600_000;
  expect(taskStatus(seen, after(day - 1))).toMatchObject({ status: 'ok', reason: null });
  expect(taskStatus(seen, after(day))).toMatchObject({ status: 'unknown', reason: 'evidence_stale' });
  expect(taskStatus(null, at)).toMatchObject({ status: 'unknown', reason: 'not_verified' });
  const session = { status: 'in_progress', updatedAt: at } as const;
  expect(isStalled(session, after(day - 1))).toBe(false);
  expect(isStalled(session, after(day))).toBe(true);
  expect(isStalled({ ...session, status: 'completed' }, after(day))).toBe(false);
});
