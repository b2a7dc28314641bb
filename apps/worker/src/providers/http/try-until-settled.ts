import { type Attempt, decideHttpRetry, type HttpRetryBounds } from './decide-retry.ts';
import { waitFor } from './wait-for.ts';

/** Told of every throttle, so that the run can log it and the connection remember it. */
export interface ThrottleNotice {
  /** How long the service (or our backoff) wants us to wait, in milliseconds. */
  readonly retryAfterMs: number;
  /** True when the call waits by itself; false when it gives up and the run has to. */
  readonly inline: boolean;
}

/** What a retried exchange needs. */
export interface RetryContext {
  /** A repeat might do it twice. */
  readonly write: boolean;
  readonly signal: AbortSignal;
  readonly bounds: HttpRetryBounds;
  readonly onThrottle: (notice: ThrottleNotice) => void;
}

/** What a call may spend on waiting inside one step. */
export const defaultRetryBounds: HttpRetryBounds = {
  budgetMs: 20_000,
  attempts: 6,
  baseMs: 500,
  capMs: 30_000,
};

/** What came back from one try: an answer of the service, or none. */
export type Tried<Result> =
  | { readonly attempt: Extract<Attempt, { kind: 'answer' }>; readonly result: Result }
  | { readonly attempt: Extract<Attempt, { kind: 'broken' }> };

/** How an exchange ended. */
export type Settled<Result> =
  | { readonly kind: 'answered'; readonly result: Result }
  /** The service wants a longer wait than a step should spend; the last request had no effect. */
  | { readonly kind: 'throttled'; readonly retryAfterMs: number; readonly result: Result | undefined }
  /** No answer; `unsent` when the service cannot have seen the request. */
  | { readonly kind: 'broken'; readonly unsent: boolean };

/**
 * Tries until there is an answer worth returning, whatever its status, or the bounds are spent.
 * @throws what a try throws; the signal's reason as soon as it aborts
 */
export async function tryUntilSettled<Result>(
  tryOnce: () => Promise<Tried<Result>>,
  context: RetryContext,
): Promise<Settled<Result>> {
  const { signal, write, bounds, onThrottle } = context;
  let waitedMs = 0;
  for (let number = 1; ; number += 1) {
    signal.throwIfAborted();
    const tried = await tryOnce();
    const { attempt } = tried;
    const verdict = decideHttpRetry(attempt, { write, number, waitedMs, bounds }, Math.random());
    if (verdict.do === 'wait') {
      const throttled = attempt.kind === 'answer' && attempt.status === 429;
      if (throttled) onThrottle({ retryAfterMs: verdict.delayMs, inline: true });
      waitedMs += verdict.delayMs;
      await waitFor(verdict.delayMs, signal);
    } else if (verdict.do === 'hand_over') {
      onThrottle({ retryAfterMs: verdict.retryAfterMs, inline: false });
      const result = 'result' in tried ? tried.result : undefined;
      return { kind: 'throttled', retryAfterMs: verdict.retryAfterMs, result };
    } else {
      return 'result' in tried
        ? { kind: 'answered', result: tried.result }
        : { kind: 'broken', unsent: tried.attempt.unsent };
    }
  }
}
