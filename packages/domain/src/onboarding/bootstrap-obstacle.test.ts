import { expect, test } from 'vitest';
import { type BootstrapFacts, bootstrapObstacle } from './bootstrap-obstacle.ts';
import { verificationTasks } from './tasks.ts';

const tasks = Object.fromEntries(verificationTasks.map((task) => [task, 'ok' as const]));
const ready: BootstrapFacts = {
  ...{ status: 'in_progress', step: 5, lockedBy: null, underWay: 'none', throughAnother: false },
  ground: { identified: true, credential: true, tasks },
};
const reason = (change: Partial<BootstrapFacts>) => {
  const said = bootstrapObstacle({ ...ready, ...change });
  return typeof said === 'object' ? (said?.reason ?? null) : said;
};

test('a session admits a bootstrap at step 5, while it lives, for whoever edits it, one at a time', () => {
  expect(reason({})).toBeNull();
  expect(reason({ status: 'completed' })).toBe('session_closed');
  expect(reason({ status: 'abandoned' })).toBe('session_closed');
  expect(reason({ step: 4 })).toBe('step_not_ready');
  expect(reason({ underWay: 'other' })).toBe('bootstrap_under_way');
  expect(reason({ underWay: 'same' })).toBe('same');
  expect(bootstrapObstacle({ ...ready, lockedBy: 'ada', underWay: 'same' })).toEqual({
    reason: 'session_locked',
    message: 'ada is editing the onboarding of this tenant.',
  });
});

test('what was passed once and does not hold any more, or never did through this connection, stops it', () => {
  const message = (change: Partial<BootstrapFacts>) => {
    const said = bootstrapObstacle({ ...ready, ...change });
    return said === null || said === 'same' ? said : [said.reason, said.message];
  };
  for (const [index, task] of verificationTasks.entries()) {
    for (const status of ['fail', 'unknown'] as const) {
      const ground = { ...ready.ground, tasks: { ...tasks, [task]: status } };
      const [reason, text] = message({ ground }) ?? [];
      expect([index, reason]).toEqual([index, 'step_not_ready']);
      expect(text).toContain(`(${task}) ${status === 'fail' ? 'is failing' : 'is not known to hold'}`);
    }
    expect(message({ ground: { ...ready.ground, tasks: { ...tasks, [task]: 'warn' } } })).toBeNull();
  }
  expect(message({ ground: { ...ready.ground, credential: false } })?.[0]).toBe('step_not_ready');
  expect(message({ throughAnother: true })).toEqual([
    'step_not_ready',
    'Another connection was verified; to go through this one, choose it at step 2.',
  ]);
  expect(message({ step: 4 })).toEqual([
    'step_not_ready',
    'The onboarding is at step 4; its bootstrap is asked for at step 5.',
  ]);
});
