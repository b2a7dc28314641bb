import { openQueuePool } from '@signalbox/db/client/queue-pool';
import { createTestDatabase, type TestDatabase } from '@signalbox/testing/postgres/test-database';
import { waitUntil } from '@signalbox/testing/wait-until';
import { type RunQueue, startRunQueue } from '@signalbox/worker/queue/run-queue';
import type { Pool, PoolClient } from 'pg';
import { pino } from 'pino';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 1 });
});
beforeEach(() => sql`delete from graphile_worker._private_jobs`);
afterAll(async () => {
  await sql.end();
  await database.drop();
});

/** A pool whose statements with this text fail, the first so many times, as if the connection had been lost. */
function failingPool(text: string, times: number): { pool: Pool; failed: () => number } {
  const pool = openQueuePool({ url: database.url, name: 'test', max: 4 });
  let failed = 0;
  pool.on('connect', (client: PoolClient) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const failing = (...args: unknown[]): unknown => {
      const said = typeof args[0] === 'string' ? args[0] : (args[0] as { text: string }).text;
      if (!said.includes(text) || failed >= times) return query(...args);
      failed += 1;
      return Promise.reject(new Error('Connection terminated unexpectedly'));
    };
    Object.assign(client, { query: failing });
  });
  return { pool, failed: () => failed };
}

const add = (runId: number) =>
  sql`select queue_enqueue_runs('acme', array[${runId}::bigint], array[now()], array[0])`;
const jobs = () => sql`select key, locked_at from graphile_worker.jobs`;

async function start(pool: Pool, handle: (runId: number) => Promise<void>, slots = 5): Promise<RunQueue> {
  return startRunQueue({
    ...{ pool, slots, prefetch: 5, pollMs: 50, onPool: () => undefined, logger: pino({ level: 'silent' }) },
    handle: ({ runId }) => handle(runId),
    advance: async () => undefined,
  });
}

test('a queue whose very first statements failed takes jobs all the same', async () => {
  const { pool, failed } = failingPool('_private_tasks', 1);
  const handled: number[] = [];
  const queue = await start(pool, async (runId) => void handled.push(runId));
  await add(1);
  await waitUntil('the job', () => handled.length === 1);
  expect(failed()).toBe(1);
  await queue.stop();
  await pool.end();
});

test('a completion that could not be recorded is recorded later, and the queue goes on meanwhile', async () => {
  const { pool, failed } = failingPool('delete from', 2);
  const handled: number[] = [];
  const queue = await start(pool, async (runId) => void handled.push(runId));
  await add(1);
  await waitUntil('the completion', async () => failed() === 2 && (await jobs()).length === 0);
  await add(2);
  await waitUntil('the next job', () => handled.length === 2);
  await queue.stop();
  // Said before it returned, not some time after.
  expect(await jobs()).toHaveLength(0);
  await pool.end();
});

test('a stop returns fetched jobs before it ends, and survives when it cannot', async () => {
  for (const times of [0, 1]) {
    const { pool, failed } = failingPool('GREATEST(0, attempts - 1)', times);
    const { promise, resolve } = Promise.withResolvers<void>();
    let begun = 0;
    const handle = (): Promise<void> => {
      begun += 1;
      return promise;
    };
    for (const runId of [1, 2, 3]) await add(runId);
    const queue = await start(pool, handle, 1);
    await waitUntil('the first job', () => begun === 1);
    const stopped = queue.stop();
    resolve();
    await stopped;
    expect(failed()).toBe(times);
    const left = await jobs();
    expect(left).toHaveLength(2);
    if (times === 0) expect(left.every((job) => job.locked_at === null)).toBe(true);
    await pool.end();
    await sql`delete from graphile_worker._private_jobs`;
  }
});
