import type { SafeError } from './safe-error.ts';

/** How often an operation is tried again by itself, and how long it waits between tries. */
export interface RetryPolicy {
  /** Tries in all, the first included. */
  readonly attempts: number;
  /** Wait before the second try, in milliseconds; doubles with each further one. */
  readonly baseMs: number;
  /** Longest wait, in milliseconds. */
  readonly capMs: number;
}

export type RetryDecision =
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'give_up' };

/**
 * Whether a failed attempt is tried again, and after how long.
 * Full jitter (a uniform share of the exponential bound) keeps a herd from coming back at once.
 * @param jitter a number in [0, 1) drawn by the caller, so that the decision stays pure
 */
export function decideRetry(
  policy: RetryPolicy,
  attempt: { readonly number: number; readonly error: SafeError; readonly retryable: boolean },
  jitter: number,
): RetryDecision {
  if (!attempt.retryable || attempt.number >= policy.attempts) return { kind: 'give_up' };
  const bound = Math.min(policy.capMs, policy.baseMs * 2 ** (attempt.number - 1));
  return { kind: 'retry', delayMs: Math.max(1, Math.round(bound * jitter)) };
}
