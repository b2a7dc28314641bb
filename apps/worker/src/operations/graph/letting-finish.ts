import { Stopped } from '../../executor/lease.ts';

/** How long a begun item may take after a stop was asked for, in milliseconds. */
const graceMs = 5_000;

/**
 * A signal for writes: on a cancel and on shutdown the item in hand may still end, so that its result is known; when
 * the lease is lost, or nothing can be recorded any more, it ends at once.
 */
export function lettingFinish(signal: AbortSignal): AbortSignal {
  const own = new AbortController();
  const stop = (): void => {
    const { reason } = signal;
    const gentle =
      reason instanceof Stopped && (reason.stopCause === 'cancel' || reason.stopCause === 'shutdown');
    if (gentle) setTimeout(() => own.abort(reason), graceMs).unref();
    else own.abort(reason);
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return own.signal;
}
