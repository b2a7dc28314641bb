import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { cancelsChannel, decodeRunHeads } from '@signalbox/db/client/channels';
import { openDatabase } from '@signalbox/db/client/database';
import { describeError } from '@signalbox/db/client/describe-error';
import { openQueuePool } from '@signalbox/db/client/queue-pool';
import { advancePlan } from '@signalbox/db/commands/plan/advance-plan';
import type { Keyring } from '@signalbox/db/secrets/envelope';
import { missingKeys } from '@signalbox/db/secrets/key-use';
import type { ContainmentKind } from '@signalbox/domain/observability/containment';
import type { Logger } from 'pino';
import { createAnnouncer } from './announcer.ts';
import { createExecutor } from './executor/executor.ts';
import { createLeaseKeeper } from './executor/lease-keeper.ts';
import { createFailpoint } from './failpoint.ts';
import { createCatalogue } from './operations/catalogue.ts';
import type { Operation } from './operations/operation.ts';
import { startRunQueue } from './queue/run-queue.ts';
import { startRegistration } from './registration.ts';
import { startSealer } from './sealer.ts';
import { startSweeper } from './sweeper.ts';
import { version as ownVersion } from './version.ts';

/** What a worker needs, and what it may be told. */
export interface WorkerOptions {
  readonly databaseUrl: string;
  /** What it can run; others end their run with an internal error. */
  readonly operations: readonly Operation[];
  readonly logger: Logger;
  /** The envelope keys its operations open secrets with; a missing one is told at the start. */
  readonly keyring?: Keyring;
  readonly version?: string;
  /** Runs at once; 20 by default. */
  readonly slots?: number;
  /** Length of a lease in milliseconds; 30,000 by default. */
  readonly leaseMs?: number;
  /** Wake-ups fetched at once; as many as slots by default. */
  readonly prefetch?: number;
  /** Connections for the work of runs; 10 by default. */
  readonly connections?: number;
  /** Milliseconds between two looks into the queue when nobody announces a job; 2,000 by default. */
  readonly pollMs?: number;
  /** How long runs may go on when the worker is to stop, in milliseconds; 5,000 by default. */
  readonly finishMs?: number;
  /** How long a run may then take to hear that it must stop, in milliseconds; 10,000 by default. */
  readonly deafMs?: number;
  /** Programs it has that not every worker has, told to people; none by default. */
  readonly tools?: readonly string[];
  /** How it contains the commands it runs, told to people; absent where it runs none. */
  readonly containment?: ContainmentKind;
  /** A place at which to die, for tests. */
  readonly failpoint?: string;
}

export interface RunningWorker {
  /** The name under which it holds leases. */
  readonly name: string;
  /** Takes no more, lets runs finish or hands them over, signs off. */
  stop(): Promise<void>;
  /** Writes nothing more, at once; its runs are taken over when their leases expire. */
  abandon(): void;
}

/** Starts a worker in this process. Several may run side by side. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const {
    databaseUrl: url,
    logger,
    slots = 20,
    leaseMs = 30_000,
    finishMs = 5_000,
    deafMs = 10_000,
  } = options;
  const name = `${hostname()}:${process.pid}:${randomBytes(3).toString('hex')}`;
  const now = (): number => performance.now();
  const catalogue = createCatalogue(options.operations);
  const failpoint = createFailpoint(options.failpoint);

  const database = await openDatabase({ url, name: 'signalbox worker', max: options.connections ?? 10 });
  if (options.keyring !== undefined)
    for (const line of await missingKeys(database, options.keyring)) logger.error(line);
  const pool = openQueuePool({ url, name: 'signalbox worker queue', max: 4 });
  const announcer = createAnnouncer({ notify: database.notify });
  const keeper = createLeaseKeeper({
    leaseMs,
    now,
    open: () => openDatabase({ url, name: 'signalbox worker heartbeat', max: 1 }),
    onError: (error) => logger.warn({ error: describeError(error) }, 'a heartbeat failed'),
  });
  const executor = createExecutor({
    ...{ database, keeper, catalogue, announcer, failpoint, logger, leaseMs, now },
    worker: name,
  });
  // A lost notification only delays a cancel until the next heartbeat.
  const unlisten = await database.listen(
    cancelsChannel,
    (payload) => {
      for (const head of decodeRunHeads(payload)) executor.cancel(head.r);
    },
    () => undefined,
  );
  const version = options.version ?? ownVersion;
  const registration = startRegistration({
    ...{ database, worker: name, leaseMs, slots, version, logger },
    tools: options.tools ?? [],
    ...(options.containment !== undefined && { containment: options.containment }),
  });
  const queue = await startRunQueue({
    ...{ pool, slots, logger },
    prefetch: options.prefetch ?? slots,
    pollMs: options.pollMs ?? 2_000,
    handle: executor.execute,
    // What goes wrong is tried again by the sweeper: an advance leaves nothing half done.
    advance: (plan) =>
      advancePlan(database, plan).catch((error: unknown) =>
        logger.warn({ ...plan, error: describeError(error) }, 'planned work could not go on'),
      ),
    onPool: registration.use,
  });
  const sweeper = startSweeper({ database, leaseMs, logger });
  const sealer = startSealer({ database, logger });

  const drain = async (): Promise<void> => {
    const drained = queue.stop();
    const over = new AbortController();
    void drained.finally(() => over.abort());
    const after = async (milliseconds: number, act: () => void): Promise<void> => {
      await delay(milliseconds, undefined, { signal: over.signal }).catch(() => undefined);
      if (executor.active() > 0) act();
    };
    await after(finishMs, executor.handOver);
    await after(deafMs, () => {
      logger.error({ runs: executor.active() }, 'runs did not stop when told to');
      executor.abandon();
    });
    await drained;
  };

  return {
    name,
    abandon: executor.abandon,
    stop: async () => {
      await drain();
      await Promise.all([sweeper.stop(), sealer.stop()]);
      const ends = [registration.stop(), keeper.stop(), announcer.stop(), unlisten()];
      for (const end of await Promise.allSettled(ends)) {
        if (end.status === 'rejected') logger.warn({ error: describeError(end.reason) }, 'while stopping');
      }
      await Promise.allSettled([database.close(), pool.end()]);
    },
  };
}
