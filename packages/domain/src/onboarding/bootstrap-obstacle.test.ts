import { expect, test } from 'vitest';
import { type BootstrapFacts, bootstrapObstacle } from './bootstrap-obstacle.ts';

const ready: BootstrapFacts = { status: 'in_progress', step: 5, lockedBy: null, underWay: 'none' };
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
