import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { createTestDatabase } from '@signalbox/testing/postgres/test-database';
import { type InsertedRun, insertRun } from '@signalbox/testing/run/insert-run';
import { seedWorkspace } from '@signalbox/testing/run/seed';
import { waitUntil } from '@signalbox/testing/wait-until';
import type { RunContext } from '@signalbox/worker/executor/run-context';
import { defineOperation, type Operation } from '@signalbox/worker/operations/operation';
import { type RunningWorker, startWorker, type WorkerOptions } from '@signalbox/worker/start-worker';
import { pino } from 'pino';
import postgres, { type Sql } from 'postgres';

export const workspaceId = 'acme';

/** A database with a workspace, and workers on it. */
export interface Bench {
  readonly url: string;
  readonly sql: Sql;
  /** Starts a worker that can do these operations; `close` stops it if the test did not. */
  worker(operations: readonly Operation[], options?: Partial<WorkerOptions>): Promise<RunningWorker>;
  insert(run?: InsertedRun): Promise<number>;
  run(runId: number): Promise<Record<string, unknown>>;
  /** The run once it has one of these statuses; terminal ones by default. */
  settled(runId: number, statuses?: readonly string[]): Promise<Record<string, unknown>>;
  stopWorkers(): Promise<void>;
  close(): Promise<void>;
}

const terminal = ['succeeded', 'partial', 'failed', 'cancelled'];

export async function openBench(): Promise<Bench> {
  const database = await createTestDatabase();
  const sql = postgres(database.url, { max: 4, onnotice: () => {} });
  await seedWorkspace(database.url, workspaceId);
  const logger = pino({ level: process.env.SIGNALBOX_TEST_LOG ?? 'silent' });
  const started = new Set<RunningWorker>();
  const run: Bench['run'] = async (runId) => {
    const [row] = await sql`select * from runs where id = ${runId}`;
    return row ?? {};
  };
  const stopWorkers = async (): Promise<void> => {
    await Promise.all([...started].map((worker) => worker.stop()));
  };
  return {
    url: database.url,
    sql,
    worker: async (operations, options = {}) => {
      const quick = { leaseMs: 30_000, finishMs: 20, deafMs: 200, pollMs: 100, connections: 4 };
      const worker = await startWorker({
        ...{ databaseUrl: database.url, operations, logger },
        ...quick,
        ...options,
      });
      const kept: RunningWorker = {
        ...worker,
        stop: async () => {
          if (started.delete(kept)) await worker.stop();
        },
      };
      started.add(kept);
      return kept;
    },
    insert: (inserted) => insertRun(sql, workspaceId, inserted),
    run,
    settled: (runId, statuses = terminal) =>
      waitUntil(`run ${runId} to be ${statuses.join(' or ')}`, () => run(runId), {
        until: (row) => statuses.includes(String(row.status)),
        timeoutMs: 20_000,
      }),
    stopWorkers,
    close: async () => {
      await stopWorkers();
      await sql.end();
      await database.drop();
    },
  };
}

/** An operation named `test` that does what the test says. */
export function operation(
  work: (context: RunContext, input: JsonObject) => Promise<unknown>,
  retry = { attempts: 3, baseMs: 1, capMs: 1 },
): Operation {
  return defineOperation({
    name: 'test',
    retry,
    parseInput: (input) => input,
    perform: async (context, input) => {
      await work(context, input);
      return { kind: 'done' };
    },
  });
}

/** Waits until the signal aborts, then throws its reason, as well-behaved work does. */
export function untilStopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
}
