/** What can be turned while the emulator runs; times in milliseconds unless named otherwise. */
export interface EmulatorSettings {
  /** Added before each answer. */
  latencyMs: number;
  /** Lifetime of new access tokens in seconds; the real service says 3599. */
  tokenLifetimeSeconds: number;
  /** Objects on a page where the caller names no number; the real service says 100. */
  pageSize: number;
  /** An empty page with a nextLink is put after the first page of each listing that has more. */
  emptyPages: boolean;
  /** Intune device configuration: at most so many requests and writes per window, app and tenant. */
  intuneLimit: { windowMs: number; requests: number; writes: number } | null;
  /**
   * One 429 in each walk over deviceConfigurations, when a page after the first is read for the first time:
   * what a demo capture meets once, always at the same place.
   */
  throttleOncePerWalk: { retryAfterSeconds: number } | null;
}

/** The limits Microsoft documents for Intune device configuration, and no artificial trouble. */
export const defaultSettings: EmulatorSettings = {
  latencyMs: 0,
  tokenLifetimeSeconds: 3599,
  pageSize: 100,
  emptyPages: true,
  intuneLimit: { windowMs: 20_000, requests: 1000, writes: 100 },
  throttleOncePerWalk: null,
};

/** What the demo runs with: a plausible latency and one throttle in each capture. */
export const demoSettings: EmulatorSettings = {
  ...defaultSettings,
  latencyMs: 30,
  throttleOncePerWalk: { retryAfterSeconds: 2 },
};
