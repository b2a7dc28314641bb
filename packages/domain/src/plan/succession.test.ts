import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTerminal, runStatuses } from '../run/lifecycle.ts';
import { itemTransitions, type PlanItemStatus, planItemStatuses } from './plan-item.ts';
import { afterRun, type SuccessionItem, succession, untilItsEnd } from './succession.ts';

const items = (statuses: fc.Arbitrary<PlanItemStatus>) =>
  fc
    .array(statuses, { minLength: 1, maxLength: 8 })
    .map((all) => all.map((status, index): SuccessionItem => ({ id: index + 1, status })));
const anything = items(fc.constantFrom(...planItemStatuses));

/** What happens to whatever is tried or under way, one answer after the other. */
const answers = fc.array(fc.constantFrom('admit', 'refuse', 'wait', 'succeed', 'fail', 'abort'), {
  maxLength: 40,
});

test('one item is under way at a time, and nothing begins before all in front of it have succeeded', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), answers, (length, said) => {
      const list = Array.from({ length }, (_, index) => ({
        id: index + 1,
        status: 'waiting' as PlanItemStatus,
      }));
      const move = (item: SuccessionItem, status: PlanItemStatus): void => {
        const found = list[item.id - 1];
        expect(itemTransitions[item.status]).toContain(status);
        if (found !== undefined) found.status = status;
      };
      for (const answer of said) {
        const next = succession(list);
        if (next.kind === 'due') {
          expect(list.slice(0, next.item.id - 1).every(({ status }) => status === 'done')).toBe(true);
          if (answer === 'admit') move(next.item, 'admitted');
          if (answer === 'refuse') move(next.item, 'failed');
          if (answer === 'abort')
            for (const item of list) if (item.status === 'waiting') move(item, 'aborted');
        }
        if (next.kind === 'under_way') {
          if (answer === 'succeed') move(next.item, 'done');
          if (answer === 'fail') move(next.item, 'failed');
        }
        if (next.kind === 'stopped') for (const item of next.skip) move(item, 'skipped');
        expect(list.filter(({ status }) => status === 'admitted').length).toBeLessThanOrEqual(1);
        // Behind one that did not succeed, nothing has been begun.
        const first = list.findIndex(({ status }) => status !== 'done');
        const behind = first < 0 ? [] : list.slice(first + 1);
        expect(behind.every(({ status }) => !['admitted', 'done', 'failed'].includes(status))).toBe(true);
      }
    }),
  );
});

test('a sequence that has ended has nothing left to do, and is completed only when all of it succeeded', () => {
  fc.assert(
    fc.property(anything, (list) => {
      const next = succession(list);
      const open = list.some(({ status }) => status === 'waiting' || status === 'admitted');
      expect(next.kind === 'ended').toBe(!open);
      if (next.kind !== 'ended') return;
      const succeeded = list.every(({ status }) => status === 'done');
      expect(next.status === 'completed').toBe(succeeded);
    }),
  );
});

test('whoever did not succeed is named to those that are skipped because of it', () => {
  fc.assert(
    fc.property(anything, (list) => {
      const next = succession(list);
      if (next.kind !== 'stopped') return;
      expect(['failed', 'skipped', 'aborted']).toContain(next.because.status);
      expect(next.skip.every(({ status }) => status === 'waiting')).toBe(true);
      expect(next.skip).toHaveLength(list.filter(({ status }) => status === 'waiting').length);
    }),
  );
});

test('of the ends of a run only success lets a sequence go on, and every other one says why', () => {
  for (const status of runStatuses) {
    if (!isTerminal(status)) continue;
    const ending = afterRun(status, status === 'partial' ? 'items_failed' : null);
    expect(ending.status === 'done').toBe(status === 'succeeded');
    expect(ending.reason === null).toBe(status === 'succeeded');
  }
  expect(afterRun('cancelled', null).reason).toBe('cancelled');
});

test('a started item is watched until its run ends; whatever else became of it stands', () => {
  const done = { status: 'done', outcome: 'deduped', reason: 'already_active', runId: 4 } as const;
  expect(untilItsEnd(done)).toEqual({ ...done, status: 'admitted' });
  const failed = { status: 'failed', outcome: 'blocked', reason: 'consent_missing' } as const;
  expect(untilItsEnd(failed)).toBe(failed);
});
