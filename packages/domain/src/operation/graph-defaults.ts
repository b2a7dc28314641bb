import type { RetryPolicy } from '../run/retry.ts';

const retry: RetryPolicy = { attempts: 5, baseMs: 2_000, capMs: 60_000 };

/** What the operations on Microsoft Graph have in common. */
export const graphDefaults = {
  provider: 'graph',
  scopes: ['t:{tenant}:c:{connection}'],
  retry,
  needsUsableConnection: true,
  begins: 'queued',
  countsQuota: false,
} as const;

/** What finds out about a connection has in common: it must run although the connection is unhealthy. */
export const verificationDefaults = {
  ...graphDefaults,
  retry: { attempts: 2, baseMs: 1_000, capMs: 5_000 },
  needsUsableConnection: false,
  target: 'none',
  itemField: null,
} as const;
