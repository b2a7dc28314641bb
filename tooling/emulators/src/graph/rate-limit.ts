import type { EmulatorSettings } from './settings.ts';

/** A sliding window of request times per app and tenant. */
export interface RateLimiter {
  /** Counts a request; a number is the seconds to wait because the limit is reached (the request is not counted). */
  take(key: string, write: boolean): number | undefined;
  reset(): void;
}

/** Makes the Intune limiter; with `intuneLimit: null` it never refuses. */
export function createRateLimiter(settings: () => EmulatorSettings, now: () => number): RateLimiter {
  const windows = new Map<string, { at: number; write: boolean }[]>();
  return {
    take(key, write) {
      const limit = settings().intuneLimit;
      if (limit === null) return undefined;
      const recent = (windows.get(key) ?? []).filter((entry) => entry.at > now() - limit.windowMs);
      windows.set(key, recent);
      const writes = recent.filter((entry) => entry.write);
      const full =
        recent.length >= limit.requests
          ? recent
          : write && writes.length >= limit.writes
            ? writes
            : undefined;
      const oldest = full?.[0];
      if (oldest !== undefined) return Math.max(1, Math.ceil((oldest.at + limit.windowMs - now()) / 1000));
      recent.push({ at: now(), write });
      return undefined;
    },
    reset: () => windows.clear(),
  };
}
