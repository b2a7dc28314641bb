import { setTimeout as delay } from 'node:timers/promises';
import { type AddJobFunction, Logger, makeWorkerUtils, run } from 'graphile-worker';
import pg from 'pg';
import { ratePerSecond } from '../callers.ts';

/** graphile-worker tells each job on the terminal unless told otherwise. */
const logger = new Logger(() => () => {});

/** Calls of addJob a second, one job each: what a plain queue takes to accept work. */
export async function addJobRate(url: string, callers: number, count: number): Promise<number> {
  const pgPool = quietPool({ connectionString: url, max: 16 });
  const utils = await makeWorkerUtils({ pgPool, logger });
  try {
    return await ratePerSecond(callers, count, async (index) => {
      await utils.addJob('bench_never', { index }, { jobKey: `never:${index}` });
    });
  } finally {
    await utils.release();
    await pgPool.end();
  }
}

/** A bare worker whose task records three steps, each in a transaction of its own, and then is complete. */
async function withWorker<T>(
  url: string,
  task: (payload: { unit: number }, pool: pg.Pool) => Promise<void>,
  work: (addJob: AddJobFunction, pool: pg.Pool) => Promise<T>,
): Promise<T> {
  const pgPool = quietPool({ connectionString: url, max: 20 });
  const runner = await run({
    pgPool,
    logger,
    concurrency: 16,
    noHandleSignals: true,
    taskList: { bench_unit: (payload) => task(payload as { unit: number }, pgPool) },
  });
  try {
    return await work(runner.addJob, pgPool);
  } finally {
    await runner.stop();
    await pgPool.end();
  }
}

async function threeSteps({ unit }: { unit: number }, pool: pg.Pool): Promise<void> {
  for (let step = 1; step <= 3; step++) {
    await pool.query('insert into bench_steps (unit, step, result) values ($1, $2, $3)', [unit, step, '{}']);
  }
}

/** Units a second from the first addJob until the queue is empty. */
export function graphileEndToEnd(url: string, callers: number, count: number): Promise<number> {
  return withWorker(url, threeSteps, async (addJob, pool) => {
    const began = performance.now();
    await ratePerSecond(callers, count, async (unit) => {
      await addJob('bench_unit', { unit }, { jobKey: `unit:${unit}` });
    });
    for (;;) {
      const { rows } = await pool.query<{ left: number }>(
        'select count(*)::int as left from graphile_worker._private_jobs',
      );
      if (rows[0]?.left === 0) break;
      await delay(5);
    }
    return count / ((performance.now() - began) / 1000);
  });
}

/** Milliseconds from addJob to the first line of the handler, at a steady rate. */
export function graphileLatency(
  url: string,
  { perSecond, count }: { readonly perSecond: number; readonly count: number },
): Promise<number[]> {
  const began: number[] = [];
  const samples: number[] = [];
  const task = async ({ unit }: { unit: number }): Promise<void> => {
    samples.push(performance.now() - (began[unit] ?? 0));
  };
  return withWorker(url, task, async (addJob) => {
    for (let unit = 0; unit < count; unit++) {
      began[unit] = performance.now();
      void addJob('bench_unit', { unit });
      await delay(1000 / perSecond);
    }
    while (samples.length < count) await delay(20);
    return samples;
  });
}

/** A pool whose errors have a listener, as graphile-worker asks for. */
function quietPool(options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(options);
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
