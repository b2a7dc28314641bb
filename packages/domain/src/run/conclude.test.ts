import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conclude, type WorkResult } from './conclude.ts';
import { noCounts, remaining } from './counts.ts';
import { canMove, isTerminal } from './lifecycle.ts';

const counts = (succeeded: number, failed: number, { skipped = 0, left = 0 } = {}) => ({
  total: succeeded + failed + skipped + left,
  succeeded,
  failed,
  skipped,
});
const done: WorkResult = { kind: 'done' };
const broken: WorkResult = { kind: 'failed', error: { code: 'provider_unavailable', message: 'No answer.' } };

test.each([
  ['nothing to do', counts(0, 0), 'succeeded'],
  ['all succeeded', counts(3, 0), 'succeeded'],
  ['all skipped', counts(0, 0, { skipped: 3 }), 'succeeded'],
  ['some succeeded, some skipped', counts(2, 0, { skipped: 1 }), 'succeeded'],
  ['some succeeded, some failed', counts(2, 1), 'partial'],
  ['all failed', counts(0, 3), 'failed'],
  ['some failed, the rest skipped', counts(0, 1, { skipped: 2 }), 'failed'],
] as const)('work that was done with %s ends %s', (_, given, status) => {
  expect(conclude(done, given, false).status).toBe(status);
});

test('an item without a result is never hidden in a success', () => {
  const concluded = conclude(done, counts(2, 0, { left: 1 }), false);
  expect(concluded).toMatchObject({ status: 'failed', error: { code: 'internal' } });
  expect(concluded.error?.message).toContain('1 of 3');
});

test('a cancel that came when all work was done is too late; one that stopped the work ends it cancelled', () => {
  expect(conclude(done, counts(3, 0), true)).toEqual({
    status: 'succeeded',
    error: null,
    cancelTooLate: true,
  });
  expect(conclude(done, counts(2, 1), true)).toMatchObject({ status: 'partial', cancelTooLate: true });
  expect(conclude({ kind: 'stopped' }, counts(1, 0, { left: 2 }), true)).toMatchObject({
    status: 'cancelled',
    error: { code: 'cancelled' },
    cancelTooLate: false,
  });
});

test('an operation that failed as a whole keeps its own error, whatever its items did', () => {
  for (const given of [noCounts, counts(3, 0), counts(1, 1, { skipped: 1, left: 1 })]) {
    expect(conclude(broken, given, false)).toMatchObject({ status: 'failed', error: broken.error });
  }
});

test('a run always ends in a state that running may move to, with an error unless it succeeded', () => {
  const part = fc.nat(5);
  const results = fc.constantFrom<WorkResult>(done, broken, { kind: 'stopped' });
  fc.assert(
    fc.property(results, fc.tuple(part, part, part, part), fc.boolean(), (result, parts, cancelled) => {
      const [succeeded, failed, skipped, left] = parts;
      const given = counts(succeeded, failed, { skipped, left });
      const { status, error, cancelTooLate } = conclude(result, given, cancelled);
      expect(isTerminal(status) && canMove('running', status)).toBe(true);
      expect(error === null).toBe(status === 'succeeded');
      if (status === 'succeeded') expect(given.failed + remaining(given)).toBe(0);
      if (cancelTooLate) expect(cancelled).toBe(true);
    }),
  );
});
