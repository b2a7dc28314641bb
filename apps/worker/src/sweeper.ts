import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@signalbox/db/client/database';
import { describeError } from '@signalbox/db/client/describe-error';
import { giveUpSilentWorkers } from '@signalbox/db/commands/observability/worker-registry';
import { sweepPlans } from '@signalbox/db/commands/plan/sweep-plans';
import { fromTheStart, type Swept, sweepExpired, sweepLostJobs } from '@signalbox/db/commands/run/sweep';
import type { Logger } from 'pino';

export interface SweeperOptions {
  readonly database: Database;
  readonly leaseMs: number;
  readonly logger: Logger;
}

/**
 * Mends what fell down, every half lease with jitter, in every worker: expired leases first, for a run waits for
 * that; then jobs of silent workers, lost jobs, and plans that nobody has looked at. What goes wrong in one part holds up neither the others nor the
 * next round.
 */
export function startSweeper({ database, leaseMs, logger }: SweeperOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let from = fromTheStart;

  const report = ({ woken, failures }: Swept, why: string): void => {
    if (woken > 0) logger.info({ runs: woken, why }, 'woke workers for runs left behind');
    for (const { workspaceId, runId, error } of failures) {
      logger.error({ workspaceId, runId, error: describeError(error) }, 'a run could not be woken');
    }
  };
  const parts: readonly (() => Promise<void>)[] = [
    async () => report(await sweepExpired(database), 'lease expired'),
    async () => {
      const silent = await giveUpSilentWorkers(database, leaseMs);
      if (silent.length > 0) logger.warn({ pools: silent }, 'gave up silent workers');
    },
    async () => {
      const swept = await sweepLostJobs(database, { leaseMs, from });
      from = swept.next;
      report(swept, 'job lost');
    },
    async () => {
      const { woken, failures } = await sweepPlans(database, leaseMs / 2);
      if (woken > 0) logger.debug({ plans: woken }, 'woke planned work');
      for (const { workspaceId, planId, error } of failures) {
        logger.error({ workspaceId, planId, error: describeError(error) }, 'a plan could not be woken');
      }
    },
  ];

  const round = async (): Promise<void> => {
    for (const part of parts) {
      await part().catch((error: unknown) => logger.warn({ error: describeError(error) }, 'a sweep failed'));
    }
  };

  const loop = async (): Promise<void> => {
    const { signal } = stopping;
    while (!signal.aborted) {
      await delay((leaseMs / 2) * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await round();
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
