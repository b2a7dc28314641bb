import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@signalbox/db/client/database';
import { giveUpSilentWorkers } from '@signalbox/db/commands/observability/worker-registry';
import { fromTheStart, sweep } from '@signalbox/db/commands/run/sweep';
import type { Logger } from 'pino';
import { describeError } from './describe-error.ts';

export interface SweeperOptions {
  readonly database: Database;
  readonly leaseMs: number;
  readonly logger: Logger;
}

/**
 * Mends what fell down, every half lease with jitter, in every worker: expired leases and lost jobs are woken,
 * jobs of silent workers given back. Whatever goes wrong, the next round comes.
 */
export function startSweeper({ database, leaseMs, logger }: SweeperOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let from = fromTheStart;

  const round = async (): Promise<void> => {
    const silent = await giveUpSilentWorkers(database, leaseMs);
    if (silent.length > 0) logger.warn({ pools: silent }, 'gave up silent workers');
    const swept = await sweep(database, { leaseMs, from });
    from = swept.next;
    if (swept.expired + swept.requeued > 0) {
      logger.info({ expired: swept.expired, requeued: swept.requeued }, 'woke workers for runs left behind');
    }
    for (const { workspaceId, runId, error } of swept.failures) {
      logger.error({ workspaceId, runId, error: describeError(error) }, 'a run could not be woken');
    }
  };

  const loop = async (): Promise<void> => {
    const { signal } = stopping;
    while (!signal.aborted) {
      await delay((leaseMs / 2) * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await round().catch((error: unknown) => logger.warn({ error: describeError(error) }, 'a sweep failed'));
    }
  };
  const looping = loop();
  return {
    stop: async () => {
      stopping.abort();
      await looping;
    },
  };
}
