/** What can be turned while the emulator runs; times in milliseconds unless named otherwise. */
export interface UpcloudSettings {
  /** Added before each answer. */
  latencyMs: number;
  /** From the request until a new server is `started`, `maintenance` till then. */
  createMs: number;
  startMs: number;
  stopMs: number;
  /** How long a server stays in `error` before it comes back as `stopped`. */
  errorMs: number;
  /** The most servers on a page, also where the caller asks for more. */
  pageSize: number;
  /** Cores of all servers together; beyond them 403 SERVER_CORE_LIMIT_REACHED. */
  coreLimit: number;
  /** Zones without a free host: 409 SERVER_RESOURCES_UNAVAILABLE. */
  fullZones: string[];
  /** Servers of these titles end in `error` instead of `started`. */
  brokenTitles: string[];
  /** At most so many requests in a window; null for no limit. */
  rateLimit: { windowMs: number; requests: number } | null;
  /** Whether a 429 names a time. */
  retryAfter: boolean;
}

/** No artificial trouble, and delays short enough for tests. */
export const defaultUpcloudSettings: UpcloudSettings = {
  latencyMs: 0,
  createMs: 60,
  startMs: 30,
  stopMs: 30,
  errorMs: 60_000,
  pageSize: 100,
  coreLimit: 100,
  fullZones: [],
  brokenTitles: [],
  rateLimit: null,
  retryAfter: true,
};

/** What the demo runs with: servers that take a few seconds, as people can watch. */
export const demoUpcloudSettings: UpcloudSettings = {
  ...defaultUpcloudSettings,
  latencyMs: 30,
  createMs: 4_000,
  startMs: 1_500,
  stopMs: 1_500,
  errorMs: 15_000,
};
