import { waitFor } from '../http/wait-for.ts';

/** How long and how often servers are waited for, in milliseconds. */
export interface Pace {
  /** Between the first two looks; grows by half each time, with jitter. */
  readonly firstLookMs: number;
  /** Greatest time between two looks. */
  readonly lookCapMs: number;
  /** The longest wait for a server to run. */
  readonly createMs: number;
  /** The longest wait for a server to be gone. */
  readonly removeMs: number;
  /** How long a server that was just made may be unknown to the provider that made it. */
  readonly unseenMs: number;
}

export const defaultPace: Pace = {
  firstLookMs: 2_000,
  lookCapMs: 15_000,
  createMs: 15 * 60_000,
  removeMs: 10 * 60_000,
  unseenMs: 15_000,
};

/** Looks until there is something, or returns null when the time is over. Aborts at once. */
export async function lookUntil<Found>(
  look: () => Promise<Found | null>,
  so: { readonly pace: Pace; readonly withinMs: number },
  signal: AbortSignal,
): Promise<Found | null> {
  const { firstLookMs, lookCapMs } = so.pace;
  const until = performance.now() + so.withinMs;
  for (let next = firstLookMs; ; next = Math.min(lookCapMs, next * 1.5)) {
    signal.throwIfAborted();
    const found = await look();
    if (found !== null) return found;
    if (performance.now() >= until) return null;
    await waitFor(next * (0.75 + Math.random() / 2), signal);
  }
}
