import { isTransient } from '@signalbox/db/client/transient';
import { LeaseLost, type RunEnd } from '@signalbox/db/commands/run/run-write';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { WorkResult } from '@signalbox/domain/run/conclude';
import { decideRetry, type RetryPolicy } from '@signalbox/domain/run/retry';
import type { SafeError } from '@signalbox/domain/run/safe-error';
import { NotHere, OperationFailure, OutcomeUnknown, Throttled } from '../operations/failures.ts';
import type { StopCause } from './lease.ts';

/** How an operation came back. */
export type Performed =
  | { readonly kind: 'returned'; readonly result: WorkResult }
  | { readonly kind: 'threw'; readonly error: unknown };

export interface EndFacts {
  readonly performed: Performed;
  readonly stopCause: StopCause | null;
  readonly retry: RetryPolicy;
  /** Number of this try. */
  readonly attempt: number;
  /** In [0, 1). */
  readonly jitter: number;
  readonly output: JsonObject | null;
}

/** What is said of an error that only the worker's log may tell. */
export const internalError: SafeError = {
  code: 'internal',
  message: 'Something went wrong inside Signalbox.',
};
/** Errors that say what becomes of the run. */
const sayings = [OperationFailure, OutcomeUnknown, Throttled, NotHere];

/** Until a worker that may be the wrong one again is asked; it is no try of the operation. */
const elsewhereMs = 2_000;

const handOver = { kind: 'hand_back', cause: 'waiting_for_worker', delayMs: 0 } as const satisfies RunEnd;

/** What becomes of a run after an attempt; null when nothing may be written. */
export function decideEnd(facts: EndFacts): RunEnd | null {
  const { performed, stopCause, output } = facts;
  if (stopCause === 'lease_lost') return null;
  if (stopCause === 'broken')
    return { kind: 'finish', result: { kind: 'failed', error: internalError }, output };
  if (performed.kind === 'returned') {
    const stopped = performed.result.kind === 'stopped';
    if (stopped && stopCause === 'shutdown') return handOver;
    return { kind: 'finish', result: performed.result, output };
  }
  const { error } = performed;
  if (error instanceof LeaseLost) return null;
  const said = sayings.some((saying) => error instanceof saying);
  // An error that says nothing of its own is what being stopped looks like from inside.
  if (stopCause === 'cancel' && !(error instanceof OutcomeUnknown)) {
    return { kind: 'finish', result: { kind: 'stopped' }, output };
  }
  if (stopCause === 'shutdown' && !said) return handOver;
  if (error instanceof Throttled) {
    return { kind: 'hand_back', cause: 'throttled', delayMs: Math.max(0, error.retryAfterMs) };
  }
  if (error instanceof NotHere) return { ...handOver, delayMs: elsewhereMs };
  return retryOrFail(facts, error);
}

function retryOrFail({ retry, attempt, jitter, output }: EndFacts, cause: unknown): RunEnd {
  const error = toSafeError(cause);
  const retryable = cause instanceof OperationFailure ? cause.retryable : isTransient(cause);
  const decision = decideRetry(retry, { number: attempt, error, retryable }, jitter);
  if (decision.kind === 'retry') {
    return { kind: 'hand_back', cause: 'waiting_to_retry', delayMs: decision.delayMs, error };
  }
  return { kind: 'finish', result: { kind: 'failed', error }, output };
}

/** An error in words fit for everyone who may see the run; what is not understood stays in the worker's log. */
export function toSafeError(error: unknown): SafeError {
  if (error instanceof OperationFailure) return error.safeError;
  if (error instanceof OutcomeUnknown) {
    const message = `A worker stopped in step ${error.step} before its outcome was recorded, and repeating the step is not safe.`;
    return { code: 'outcome_unknown', message, context: { step: error.step } };
  }
  if (error instanceof Throttled) return { code: 'throttled', message: 'The provider asked for a pause.' };
  return internalError;
}
