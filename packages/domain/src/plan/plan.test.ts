import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StartVerdict } from '../gate/describe-start.ts';
import { gateReasons } from '../gate/gate-reasons.ts';
import { reasonRule } from '../gate/reasons.ts';
import { operationNames, operationRule } from '../operation/registry.ts';
import { actionProblem } from '../run/actions.ts';
import { isTerminal, runStatuses } from '../run/lifecycle.ts';
import { type BulkFacts, bulkActions, bulkProblem, estimateBulk } from './bulk-action.ts';
import { afterVerdict, itemTransitions, planItemStatuses, waitCauses, waitsAfter } from './plan-item.ts';
import { bulkStatuses, type ItemCounts, planStatus, settled } from './plan-status.ts';

const now = new Date('2026-03-01T12:00:00Z');
const later = new Date('2026-03-01T12:10:00Z');

const run: fc.Arbitrary<BulkFacts> = fc.record({
  operation: fc.constantFrom(...operationNames, 'an operation of another version'),
  status: fc.constantFrom(...runStatuses),
  failedItems: fc.nat({ max: 3 }),
  cancelRequestedAt: fc.constantFrom(null, now),
});
const action = fc.constantFrom(...bulkActions);

const connection = fc.constantFrom(null, 7);
const verdict: fc.Arbitrary<StartVerdict> = fc.oneof(
  fc.record({
    kind: fc.constant('accepted' as const),
    status: fc.constantFrom('queued' as const, 'awaiting_approval' as const),
    connectionId: connection,
  }),
  fc.record({
    kind: fc.constant('deduped' as const),
    run: fc.record({ runId: fc.nat(), status: fc.constantFrom(...runStatuses) }),
    connectionId: connection,
  }),
  fc.record({
    kind: fc.constant('scope_busy' as const),
    holder: fc.record({
      scopeKey: fc.string({ minLength: 1 }),
      runId: fc.nat(),
      operation: fc.constantFrom(...operationNames),
      since: fc.constant(now),
      expectedEnd: fc.constant(null),
    }),
    connectionId: connection,
  }),
  fc.record({ reason: fc.constantFrom(...gateReasons), connectionId: connection }).map((blocked) => ({
    kind: 'blocked' as const,
    ...blocked,
    ...(blocked.reason === 'throttled' && { retryAt: later }),
  })),
);

test('a bulk action applies to exactly the runs to which the same action applies one by one', () => {
  fc.assert(
    fc.property(action, run, (asked, facts) => {
      const known = operationNames.find((name) => name === facts.operation);
      if (known === undefined) return;
      const single = actionProblem(
        asked,
        { ...facts, rule: operationRule(known), leaseExpiresAt: null },
        now,
      );
      expect(bulkProblem(asked, facts)).toBe(single);
    }),
  );
});

test('work of an operation that is no longer known can be cancelled and not started', () => {
  for (const status of runStatuses) {
    const facts = { operation: 'gone', status, failedItems: 1, cancelRequestedAt: null };
    expect(bulkProblem('replay', facts)).not.toBeNull();
    expect(bulkProblem('retry_failed_items', facts)).not.toBeNull();
    expect(bulkProblem('cancel', facts) === null).toBe(!isTerminal(status));
  }
});

test('an estimate counts every run once: by status, and as done or as skipped for one reason', () => {
  fc.assert(
    fc.property(action, fc.array(run, { maxLength: 30 }), (asked, runs) => {
      const { total, applies, byStatus, skipped } = estimateBulk(asked, runs);
      const sum = (numbers: readonly number[]) => numbers.reduce((whole, part) => whole + part, 0);
      expect(total).toBe(runs.length);
      expect(sum(byStatus.map((row) => row.total))).toBe(total);
      expect(sum(byStatus.map((row) => row.applies))).toBe(applies);
      expect(applies).toBe(runs.filter((one) => bulkProblem(asked, one) === null).length);
      expect(applies + sum(skipped.map(({ count }) => count))).toBe(total);
      expect(new Set(byStatus.map(({ status }) => status)).size).toBe(byStatus.length);
      expect(skipped.map(({ count }) => count)).toEqual(
        skipped.map(({ count }) => count).sort((a, b) => b - a),
      );
    }),
  );
});

test('after every answer of the gate an item either ends or waits for something that is named', () => {
  fc.assert(
    fc.property(verdict, fc.option(fc.nat()), (said, runId) => {
      const move = afterVerdict(said, runId);
      expect(itemTransitions.waiting).toContain(move.status);
      expect(waitsAfter(said)).toBe(move.status === 'waiting');
      if (move.status !== 'waiting') return;
      expect(waitCauses).toContain(move.cause);
      // What it waits for: a scope, or a time; never both, never neither.
      expect([move.scopeKey === null, move.until === null].filter(Boolean)).toHaveLength(1);
    }),
  );
});

test('only a held scope and a throttle make planned work wait; every other refusal ends it with its reason', () => {
  fc.assert(
    fc.property(verdict, (said) => {
      const waits = said.kind === 'scope_busy' || (said.kind === 'blocked' && said.reason === 'throttled');
      expect(waitsAfter(said)).toBe(waits);
      const move = afterVerdict(said, 1);
      if (said.kind === 'accepted' || said.kind === 'deduped')
        expect(move).toMatchObject({ status: 'done', outcome: said.kind, runId: 1 });
      if (said.kind === 'blocked' && !waits) {
        expect(move).toEqual({ status: 'failed', outcome: 'blocked', reason: said.reason });
        expect(reasonRule(said.reason).nextSteps.length).toBeGreaterThan(0);
      }
    }),
  );
});

test('nothing leads out of an item that has ended', () => {
  for (const status of planItemStatuses) {
    if (status !== 'waiting' && status !== 'admitted') expect(itemTransitions[status]).toEqual([]);
  }
});

test('a plan works exactly as long as an item waits, and is aborted when one was never tried', () => {
  const count = fc.nat({ max: 1_000 });
  const counts: fc.Arbitrary<ItemCounts> = fc.record({
    waiting: count,
    done: count,
    failed: count,
    skipped: count,
    aborted: count,
  });
  fc.assert(
    fc.property(counts, (items) => {
      const status = planStatus(items);
      expect(bulkStatuses).toContain(status);
      expect(status === 'working').toBe(items.waiting > 0);
      if (items.waiting === 0) expect(status === 'aborted').toBe(items.aborted > 0);
      const all = Object.values(items).reduce((whole, part) => whole + part, 0);
      expect(settled(items) + items.waiting).toBe(all);
    }),
  );
});
