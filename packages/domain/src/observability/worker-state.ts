/** A worker is taken for alive when it was seen within this time, ms: three leases of the usual length. */
export const workerSilentMs = 90_000;

/** `unknown` has not said that it stopped, but has not been heard from either: never shown as if it were well. */
export type WorkerState = 'alive' | 'unknown' | 'stopped';

/** What the registry's entry of a worker means now. */
export function workerState(
  entry: { readonly lastSeenAt: Date; readonly stoppedAt: Date | null },
  now: Date,
): WorkerState {
  if (entry.stoppedAt !== null) return 'stopped';
  return now.getTime() - entry.lastSeenAt.getTime() < workerSilentMs ? 'alive' : 'unknown';
}
