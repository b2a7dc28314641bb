import { hostname } from 'node:os';
import type { Database } from '@signalbox/db/client/database';
import { describeError } from '@signalbox/db/client/describe-error';
import { workerSeen, workerStopped } from '@signalbox/db/commands/observability/worker-registry';
import type { ContainmentKind } from '@signalbox/domain/observability/containment';
import type { Logger } from 'pino';

export interface RegistrationOptions {
  readonly database: Database;
  /** The name runs are leased under. */
  readonly worker: string;
  readonly leaseMs: number;
  readonly slots: number;
  /** Programs it has that not every worker has. */
  readonly tools: readonly string[];
  /** How it contains the commands it runs; absent where it runs none. */
  readonly containment?: ContainmentKind;
  readonly version: string;
  readonly logger: Logger;
}

/** The entry of this process in the worker registry. */
export interface Registration {
  /** The queue locks jobs under this name from now on. */
  use(poolId: string): void;
  /** Signs off and gives back what is still locked under any of its names. */
  stop(): Promise<void>;
}

/** Says twice a lease that this process is alive; others give up one that was silent for three. */
export function startRegistration(options: RegistrationOptions): Registration {
  const { database, worker, leaseMs, slots, tools, containment, version, logger } = options;
  const names: string[] = [];

  const seen = async (): Promise<void> => {
    const poolId = names.at(-1);
    if (poolId === undefined) return;
    try {
      const entry = {
        ...{ poolId, name: worker, host: hostname(), pid: process.pid, version, slots, tools },
        ...(containment !== undefined && { containment }),
      };
      await workerSeen(database, entry);
    } catch (error) {
      logger.warn({ error: describeError(error) }, 'the registry could not be told');
    }
  };
  // One after the other, so that the last word is the one of the stop: a sign of life on its way would undo it.
  let telling: Promise<void> = Promise.resolve();
  const tell = (): void => {
    telling = telling.then(seen);
  };
  const timer = setInterval(tell, leaseMs / 2);

  return {
    use: (poolId) => {
      names.push(poolId);
      tell();
    },
    stop: async () => {
      clearInterval(timer);
      await telling;
      for (const poolId of names) await workerStopped(database, poolId);
    },
  };
}
