import { expect, it } from 'vitest';
import { impactSentences } from './impact-model.ts';

const none = { isDefault: false, activeRuns: 0, waitingItems: 0, onboardings: 0, otherConnections: 0 };

it('says in words what a disable stops, and leaves out what is not concerned', () => {
  expect(impactSentences(none)).toEqual([
    'Nothing starts through it any more, until somebody enables it.',
    'No run is under way.',
  ]);
  expect(
    impactSentences({ isDefault: true, activeRuns: 2, waitingItems: 1, onboardings: 1, otherConnections: 1 }),
  ).toEqual([
    'Nothing starts through it any more, until somebody enables it.',
    '2 runs are under way and finish.',
    '1 planned item waits for it and fails when its turn comes.',
    '1 onboarding uses it and stops there.',
    'It is the default: starts that name no connection are refused. 1 other connection could become the default.',
  ]);
});
