import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describeError } from '@signalbox/db/client/describe-error';
import type { PlanAddress } from '@signalbox/db/commands/plan/advance-plan';
import { Logger as QueueLogger, type Runner, run, type WorkerEvents } from 'graphile-worker';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { WakeUp } from '../executor/executor.ts';

export interface RunQueueOptions {
  readonly pool: Pool;
  /** Runs at once. */
  readonly slots: number;
  /** Jobs fetched at once. */
  readonly prefetch: number;
  /** Milliseconds between two looks when nobody announces a job. */
  readonly pollMs: number;
  readonly handle: (wakeUp: WakeUp) => Promise<void>;
  /** Goes on with planned work. Never throws. */
  readonly advance: (plan: PlanAddress) => Promise<void>;
  /** Called with the name jobs are locked under, whenever there is a new one. */
  readonly onPool: (poolId: string) => void;
  readonly logger: Logger;
}

/** Takes wake-ups from the queue. */
export interface RunQueue {
  /**
   * Takes no more, gives back what was only fetched, and waits for what is being handled. The queue itself gets two
   * seconds after that: after a lost connection it may never say that it has ended.
   */
  stop(): Promise<void>;
}

const closeMs = 2_000;

const restartMs = 1_000;
/** Jobs that no slot took meanwhile go back, so that an idle worker elsewhere gets them. */
const fetchedForMs = 2_000;

/**
 * Runs graphile-worker, and a new one when it gives up by itself, as it does when it cannot record a completion:
 * the queue only wakes, so whatever it lost is found by the sweeper. The one that gave up still waits for its
 * handlers meanwhile.
 */
export async function startRunQueue(options: RunQueueOptions): Promise<RunQueue> {
  const { logger } = options;
  const stopping = new AbortController();
  const ending: Promise<void>[] = [];
  const handling = new Set<Promise<void>>();
  const tracked = (handled: Promise<void>): Promise<void> => {
    handling.add(handled);
    return handled.finally(() => handling.delete(handled));
  };
  const handlers = {
    handle: (wakeUp: WakeUp) => tracked(options.handle(wakeUp)),
    advance: (plan: PlanAddress) => tracked(options.advance(plan)),
  };
  let current = await startRunner({ ...options, ...handlers });

  const supervise = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await current.gaveUp;
      if (stopping.signal.aborted) return;
      ending.push(current.ended);
      logger.warn('the queue gave up; starting it again');
      await restart();
    }
  };
  const restart = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await delay(restartMs * (0.5 + Math.random()), undefined, { signal: stopping.signal }).catch(
        () => undefined,
      );
      if (stopping.signal.aborted) return;
      try {
        current = await startRunner({ ...options, ...handlers });
        return;
      } catch (error) {
        logger.warn({ error: describeError(error) }, 'the queue could not be started');
      }
    }
  };
  const supervising = supervise();

  return {
    stop: async () => {
      stopping.abort();
      const ended = Promise.all([current.stop(), supervising, ...ending]);
      while (handling.size > 0) await Promise.allSettled(handling);
      await Promise.race([ended, delay(closeMs, undefined, { ref: false })]);
    },
  };
}

interface StartedRunner {
  /** Settles when it stops taking jobs, whoever wanted it. */
  readonly gaveUp: Promise<void>;
  /** Settles when its handlers have ended. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

async function startRunner(options: RunQueueOptions): Promise<StartedRunner> {
  const { pool, slots, prefetch, pollMs, handle, advance, onPool, logger } = options;
  const events: WorkerEvents = new EventEmitter();
  const gaveUp = Promise.withResolvers<void>();
  events.on('pool:create', ({ workerPool }) => onPool(workerPool.id));
  events.on('pool:gracefulShutdown', () => gaveUp.resolve());
  const runner: Runner = await run({
    pgPool: pool,
    events,
    noHandleSignals: true,
    parsedCronItems: [],
    logger: queueLogger(logger),
    taskList: {
      run: async (payload) => {
        const wakeUp = readWakeUp(payload);
        if (wakeUp === null) logger.error('a job without a run');
        else await handle(wakeUp);
      },
      advance_plan: async (payload) => {
        const plan = readPlan(payload);
        if (plan === null) logger.error('a job without a plan');
        else await advance(plan);
      },
    },
    preset: {
      worker: {
        concurrentJobs: slots,
        pollInterval: pollMs,
        localQueue: { size: prefetch, ttl: fetchedForMs },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      },
    },
  });
  const ended = runner.promise
    .catch((error: unknown) => logger.warn({ error: describeError(error) }, 'the queue ended with an error'))
    .finally(() => gaveUp.resolve());
  const stop = async (): Promise<void> => {
    // Rejects when it is stopping already; then its end is what to wait for.
    await runner.stop().catch(() => undefined);
    await ended;
  };
  return { gaveUp: gaveUp.promise, ended, stop };
}

function readWakeUp(payload: unknown): WakeUp | null {
  if (typeof payload !== 'object' || payload === null) return null;
  const { workspaceId, runId } = payload as Record<string, unknown>;
  return typeof workspaceId === 'string' && typeof runId === 'number' ? { workspaceId, runId } : null;
}

function readPlan(payload: unknown): PlanAddress | null {
  if (typeof payload !== 'object' || payload === null) return null;
  const { workspaceId, planId } = payload as Record<string, unknown>;
  return typeof workspaceId === 'string' && typeof planId === 'number' ? { workspaceId, planId } : null;
}

/** Only what is wrong is worth a line; completions are told by the runs themselves. */
function queueLogger(logger: Logger): QueueLogger {
  return new QueueLogger(() => (level, message, meta) => {
    if (level !== 'error' && level !== 'warning') return;
    // Handlers use connections of their own, so the queue's pool may be smaller than its slots.
    if (message.startsWith('WARNING: having maxPoolSize')) return;
    const error = meta?.error === undefined ? {} : { error: describeError(meta.error) };
    logger.warn(error, `queue: ${message.split('\n', 1)[0]}`);
  });
}
