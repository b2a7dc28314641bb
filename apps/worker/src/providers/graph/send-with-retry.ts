import { retryAfterMs } from '../http/decide-retry.ts';
import { neverConnected } from '../http/never-connected.ts';
import { type RetryContext, type Tried, tryUntilSettled } from '../http/try-until-settled.ts';
import { GraphFailure, GraphThrottled } from './graph-failure.ts';
import { readFailure } from './read-failure.ts';

/**
 * Sends until there is an answer worth returning, whatever its status.
 * @throws GraphThrottled when the wait asked for is too long; GraphFailure `unavailable` when no answer came;
 * the signal's reason as soon as it aborts.
 */
export async function sendWithRetry(send: () => Promise<Response>, context: RetryContext): Promise<Response> {
  const settled = await tryUntilSettled(() => tryOnce(send, context.signal), context);
  if (settled.kind === 'answered') return settled.result;
  if (settled.kind === 'throttled') {
    const { code, requestId } = await readFailure(settled.result);
    throw new GraphThrottled(settled.retryAfterMs, { code, status: 429, requestId });
  }
  const { unsent } = settled;
  throw new GraphFailure({
    kind: 'unavailable',
    code: unsent ? 'connection_refused' : 'connection_lost',
    status: null,
    requestId: null,
    effect: context.write && !unsent ? 'unknown' : 'none',
  });
}

async function tryOnce(send: () => Promise<Response>, signal: AbortSignal): Promise<Tried<Response>> {
  try {
    const response = await send();
    const wait = retryAfterMs(response.headers.get('retry-after'), Date.now());
    return { attempt: { kind: 'answer', status: response.status, retryAfterMs: wait }, result: response };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof GraphFailure) throw error;
    return { attempt: { kind: 'broken', unsent: neverConnected(error) } };
  }
}
