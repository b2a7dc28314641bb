import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@signalbox/db/client/database';
import { describeError } from '@signalbox/db/client/describe-error';
import { sealAll } from '@signalbox/db/commands/observability/seal-audit';
import type { Logger } from 'pino';

export interface SealerOptions {
  readonly database: Database;
  readonly logger: Logger;
  /** Milliseconds between two rounds; 1,000 unless said. */
  readonly everyMs?: number;
}

/** How often the same trouble with a workspace's log is told. */
const tellEveryMs = 60_000;

/** Seals the audit of every workspace each second, with jitter, in every worker; one of them gets to a log first. */
export function startSealer({ database, logger, everyMs = 1_000 }: SealerOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  let toldAt = Number.NEGATIVE_INFINITY;

  const round = async (): Promise<void> => {
    const { entries, ahead, failures } = await sealAll(database, () => !signal.aborted);
    if (entries > 0) logger.debug({ entries }, 'sealed the audit');
    for (const { workspaceId, error } of failures) {
      logger.error(
        { workspaceId, error: describeError(error) },
        'the audit of a workspace could not be sealed',
      );
    }
    if (ahead.length > 0 && performance.now() - toldAt > tellEveryMs) {
      toldAt = performance.now();
      logger.error(
        { workspaces: ahead },
        'the audit cannot be sealed: its last seal lies after every transaction of this server, so the data came from another one; see docs/audit.md',
      );
    }
  };
  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      await round().catch((error: unknown) =>
        logger.warn({ error: describeError(error) }, 'the audit could not be sealed'),
      );
      await delay(everyMs * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
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
