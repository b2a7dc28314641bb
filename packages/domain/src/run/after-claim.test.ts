import { expect, test } from 'vitest';
import { decideAfterClaim } from './after-claim.ts';

test('a run that lost its worker five times is given to another one, and ends at the sixth', () => {
  for (const lostLeases of [0, 1, 5]) {
    expect(decideAfterClaim({ cancelRequested: false, lostLeases })).toBe('execute');
  }
  for (const lostLeases of [6, 7, 100]) {
    expect(decideAfterClaim({ cancelRequested: false, lostLeases })).toBe('poison');
  }
});

test('a cancel that came before the claim is honoured before any work, also for a run that loses its workers', () => {
  for (const lostLeases of [0, 6]) {
    expect(decideAfterClaim({ cancelRequested: true, lostLeases })).toBe('cancel');
  }
});
