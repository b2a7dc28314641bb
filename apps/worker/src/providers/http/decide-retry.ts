/** Bounds of what one call spends on waiting. */
export interface HttpRetryBounds {
  /** Waiting in all, in milliseconds; a longer wait is handed to the run. */
  readonly budgetMs: number;
  /** Tries in all, the first included. */
  readonly attempts: number;
  /** First bound of the backoff where the service names no time, in milliseconds; doubles. */
  readonly baseMs: number;
  /** Greatest bound of the backoff, in milliseconds. */
  readonly capMs: number;
}

/** What came back from one try. */
export type Attempt =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfterMs: number | undefined }
  /** No answer; `unsent` when the connection was never made, so that the service cannot have seen it. */
  | { readonly kind: 'broken'; readonly unsent: boolean };

/** What to do after a try. */
export type RetryVerdict =
  | { readonly do: 'return' }
  | { readonly do: 'wait'; readonly delayMs: number }
  | { readonly do: 'hand_over'; readonly retryAfterMs: number };

/**
 * Whether a try is repeated.
 *
 * - 429: the service refused before it did anything, so reads and writes alike wait and try again: as long as it
 *   says, or with full jitter where it says nothing. What does not fit into the budget is handed over.
 * - 500, 502, 503, 504 and broken connections: a read is tried again. A write is not, because nothing proves
 *   that it had no effect (a 504 or a cut connection comes *after* the request went in, and a 503 comes from any
 *   of several tiers); the caller reads back and decides. The one exception is a connection never made.
 * - Everything else is an answer.
 *
 * @param draw a number in [0, 1), for the jitter
 */
export function decideHttpRetry(
  attempt: Attempt,
  so: {
    readonly write: boolean;
    readonly number: number;
    readonly waitedMs: number;
    readonly bounds: HttpRetryBounds;
  },
  draw: number,
): RetryVerdict {
  const { bounds, number } = so;
  const throttled = attempt.kind === 'answer' && attempt.status === 429;
  const troubled =
    attempt.kind === 'broken'
      ? !so.write || attempt.unsent
      : !so.write && [500, 502, 503, 504].includes(attempt.status);
  if (!throttled && !troubled) return { do: 'return' };
  const named = attempt.kind === 'answer' ? attempt.retryAfterMs : undefined;
  const bound = Math.min(bounds.capMs, bounds.baseMs * 2 ** (number - 1));
  const delayMs = named ?? Math.max(1, Math.round(bound * draw));
  if (number < bounds.attempts && so.waitedMs + delayMs <= bounds.budgetMs) return { do: 'wait', delayMs };
  return throttled ? { do: 'hand_over', retryAfterMs: named ?? bounds.capMs } : { do: 'return' };
}

/** A longer wait than this is asked about again meanwhile: nobody could shorten one that was named by mistake. */
const longestWaitMs = 3_600_000;

/**
 * Retry-After as milliseconds from now: seconds, or a date. Undefined when absent or unreadable, and when it names no
 * time to come: whoever took that at its word would ask without end.
 */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const waitMs = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : dateOf(header) - now;
  return waitMs > 0 ? Math.min(waitMs, longestWaitMs) : undefined;
}

/** A date as HTTP writes it begins with the day of the week; other texts that happen to be read as dates are none. */
function dateOf(text: string): number {
  return /^\s*[a-z]{3,9},?\s/i.test(text) ? Date.parse(text) : Number.NaN;
}
