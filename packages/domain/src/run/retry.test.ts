import fc from 'fast-check';
import { expect, test } from 'vitest';
import { operationNames, operationRule } from '../operation/registry.ts';
import { decideRetry } from './retry.ts';

const policy = { attempts: 5, baseMs: 2_000, capMs: 60_000 };
const error = { code: 'provider_unavailable', message: 'No answer.' } as const;

function delay(number: number, jitter: number): number {
  const decision = decideRetry(policy, { number, error, retryable: true }, jitter);
  if (decision.kind !== 'retry') throw new Error('It gave up.');
  return decision.delayMs;
}

test('an error that will not pass is not tried again, and the last attempt is the last', () => {
  expect(decideRetry(policy, { number: 1, error, retryable: false }, 0.5)).toEqual({ kind: 'give_up' });
  expect(decideRetry(policy, { number: 4, error, retryable: true }, 0.5).kind).toBe('retry');
  expect(decideRetry(policy, { number: 5, error, retryable: true }, 0.5)).toEqual({ kind: 'give_up' });
  expect(decideRetry(policy, { number: 6, error, retryable: true }, 0.5)).toEqual({ kind: 'give_up' });
});

test('the wait doubles with each attempt up to the cap, and jitter takes an even share of it', () => {
  expect([1, 2, 3, 4].map((number) => delay(number, 0.5))).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(delay(1, 0)).toBe(1);
  expect(delay(1, 0.999_999)).toBe(2_000);
  const patient = { ...policy, attempts: 10_000 };
  expect(decideRetry(patient, { number: 2_000, error, retryable: true }, 0.5)).toEqual({
    kind: 'retry',
    delayMs: 30_000,
  });
});

test('no wait is longer than its bound or shorter than a millisecond', () => {
  const policies = fc.record({
    attempts: fc.integer({ min: 2, max: 20 }),
    baseMs: fc.integer({ min: 1, max: 10_000 }),
    capMs: fc.integer({ min: 1, max: 600_000 }),
  });
  const jitters = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(policies, fc.integer({ min: 1, max: 30 }), jitters, (given, number, jitter) => {
      const decision = decideRetry(given, { number, error, retryable: true }, jitter);
      expect(decision.kind).toBe(number >= given.attempts ? 'give_up' : 'retry');
      if (decision.kind !== 'retry') return;
      expect(Number.isInteger(decision.delayMs)).toBe(true);
      expect(decision.delayMs).toBeGreaterThanOrEqual(1);
      expect(decision.delayMs).toBeLessThanOrEqual(Math.min(given.capMs, given.baseMs * 2 ** (number - 1)));
    }),
  );
});

test('every operation has a policy that tries at least once and waits no longer than its cap', () => {
  for (const name of operationNames) {
    const { attempts, baseMs, capMs } = operationRule(name).retry;
    expect(attempts).toBeGreaterThanOrEqual(1);
    expect(baseMs).toBeGreaterThan(0);
    expect(capMs).toBeGreaterThanOrEqual(baseMs);
  }
});
