import { setTimeout as sleep } from 'node:timers/promises';
import { type Attempt, decideGraphRetry, type GraphRetryBounds, retryAfterMs } from './decide-retry.ts';
import { GraphFailure, GraphThrottled } from './graph-failure.ts';
import { readFailure } from './read-failure.ts';

/** Told of every throttle, so that the run can log it and the connection remember it. */
export interface ThrottleNotice {
  /** How long the service (or our backoff) wants us to wait, in milliseconds. */
  readonly retryAfterMs: number;
  /** True when the call waits by itself; false when it gives up and the run has to. */
  readonly inline: boolean;
}

/** What a retried exchange needs. */
export interface RetryContext {
  readonly write: boolean;
  readonly signal: AbortSignal;
  readonly bounds: GraphRetryBounds;
  readonly onThrottle: (notice: ThrottleNotice) => void;
}

/** What a call may spend on waiting inside one step. */
export const defaultRetryBounds: GraphRetryBounds = {
  budgetMs: 20_000,
  attempts: 6,
  baseMs: 500,
  capMs: 30_000,
};

/**
 * Sends until there is an answer worth returning, whatever its status.
 * @throws GraphThrottled when the wait asked for is too long; GraphFailure `unavailable` when no answer came;
 * the signal's reason as soon as it aborts.
 */
export async function sendWithRetry(send: () => Promise<Response>, context: RetryContext): Promise<Response> {
  const { signal, write, bounds, onThrottle } = context;
  let waitedMs = 0;
  for (let number = 1; ; number += 1) {
    signal.throwIfAborted();
    const outcome = await attemptOnce(send, signal);
    const verdict = decideGraphRetry(outcome.attempt, { write, number, waitedMs, bounds }, Math.random());
    const throttled = outcome.response?.status === 429;
    if (verdict.do === 'wait') {
      if (throttled) onThrottle({ retryAfterMs: verdict.delayMs, inline: true });
      waitedMs += verdict.delayMs;
      await sleep(verdict.delayMs, undefined, { signal }).catch((error: unknown) => {
        signal.throwIfAborted();
        throw error;
      });
    } else if (verdict.do === 'hand_over') {
      onThrottle({ retryAfterMs: verdict.retryAfterMs, inline: false });
      const { code, requestId } = await readFailure(outcome.response);
      throw new GraphThrottled(verdict.retryAfterMs, { code, status: 429, requestId });
    } else if (outcome.response === undefined) {
      const unsent = outcome.attempt.kind === 'broken' && outcome.attempt.unsent;
      throw new GraphFailure({
        kind: 'unavailable',
        code: unsent ? 'connection_refused' : 'connection_lost',
        status: null,
        requestId: null,
        effect: write && !unsent ? 'unknown' : 'none',
      });
    } else {
      return outcome.response;
    }
  }
}

interface Outcome {
  attempt: Attempt;
  response?: Response;
}

async function attemptOnce(send: () => Promise<Response>, signal: AbortSignal): Promise<Outcome> {
  try {
    const response = await send();
    const wait = retryAfterMs(response.headers.get('retry-after'), Date.now());
    return { attempt: { kind: 'answer', status: response.status, retryAfterMs: wait }, response };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof GraphFailure) throw error;
    return { attempt: { kind: 'broken', unsent: neverConnected(error) } };
  }
}

const unsentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** True when the error's chain names a failure that comes before the first byte is sent. */
function neverConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && unsentCodes.has(String(error.code))) return true;
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(neverConnected);
  return error.cause !== undefined && neverConnected(error.cause);
}
