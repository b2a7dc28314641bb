import { expect, test } from 'vitest';
import { decideAfterClaim } from './after-claim.ts';
import { noCounts } from './counts.ts';

test('a run that lost its worker five times is given to another one, and ends at the sixth', () => {
  for (const lostLeases of [0, 1, 5]) {
    expect(decideAfterClaim({ cancelRequested: false, lostLeases, counts: noCounts })).toBe('execute');
  }
  for (const lostLeases of [6, 7, 100]) {
    expect(decideAfterClaim({ cancelRequested: false, lostLeases, counts: noCounts })).toBe('poison');
  }
});

test('a cancel that came before the claim is honoured before any work, also for a run that loses its workers', () => {
  for (const lostLeases of [0, 6]) {
    expect(decideAfterClaim({ cancelRequested: true, lostLeases, counts: noCounts })).toBe('cancel');
  }
});

test('a cancel that finds every item with its result came too late: the run is only ended as what it is', () => {
  const facts = { cancelRequested: true, lostLeases: 1 };
  const allDone = { total: 3, succeeded: 2, failed: 0, skipped: 1 };
  expect(decideAfterClaim({ ...facts, counts: allDone })).toBe('execute');
  expect(decideAfterClaim({ ...facts, counts: { ...allDone, skipped: 0 } })).toBe('cancel');
});
