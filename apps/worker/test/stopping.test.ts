import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '@signalbox/testing/wait-until';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Bench, openBench, operation, untilStopped } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterEach(() => bench.stopWorkers());
afterAll(() => bench.close());

test('a worker that stops hands its runs over, and the next one goes on after the recorded steps', async () => {
  const runId = await bench.insert({ scopes: ['handed'] });
  const done: string[] = [];
  const work = operation(async (context) => {
    await context.step('one', { idempotent: false }, async () => done.push('one'));
    if (done.length === 1) {
      done.push('waiting');
      await untilStopped(context.signal);
    }
    await context.step('two', { idempotent: false }, async () => done.push('two'));
  });
  const first = await bench.worker([work]);
  await waitUntil('the work', () => done.includes('waiting'));
  await first.stop();
  expect(await bench.run(runId)).toMatchObject({
    ...{
      status: 'queued',
      wait_cause: 'waiting_for_worker',
      lease_expires_at: null,
      lost_leases: 0,
      attempt: 1,
    },
  });
  expect(await bench.sql`select from scope_claims where run_id = ${runId}`).toHaveLength(1);
  const [job] =
    await bench.sql`select locked_at, attempts from graphile_worker.jobs where key = ${`run:${runId}`}`;
  expect(job).toEqual({ locked_at: null, attempts: 0 });
  await bench.worker([work]);
  expect(await bench.settled(runId)).toMatchObject({ status: 'succeeded', attempt: 1, lease_epoch: 2 });
  expect(done).toEqual(['one', 'waiting', 'two']);
});

test('what is nearly done may end while the worker stops', async () => {
  const runId = await bench.insert();
  let begun = false;
  const worker = await bench.worker(
    [
      operation(async (context) => {
        begun = true;
        await delay(200, undefined, { signal: context.signal });
      }),
    ],
    { finishMs: 5_000 },
  );
  await waitUntil('the work', () => begun);
  await worker.stop();
  expect(await bench.run(runId)).toMatchObject({ status: 'succeeded', lease_epoch: 1 });
});

test('work that is deaf to its signal does not keep the worker, and is taken over when its lease expires', async () => {
  const runId = await bench.insert();
  let begun = 0;
  const leaseMs = 1_000;
  const deaf = await bench.worker(
    [
      operation(async () => {
        begun += 1;
        await new Promise(() => {});
      }),
    ],
    { leaseMs },
  );
  await waitUntil('the work', () => begun === 1);
  await deaf.stop();
  // Handing it over would let two workers act at once.
  expect(await bench.run(runId)).toMatchObject({ status: 'running', lease_epoch: 1 });
  await bench.worker([operation(async () => undefined)], { leaseMs });
  expect(await bench.settled(runId)).toMatchObject({ status: 'succeeded', lease_epoch: 2 });
});

test('jobs that were only fetched go back when the worker stops', async () => {
  let begun = 0;
  const ids: number[] = [];
  for (let n = 0; n < 5; n++) ids.push(await bench.insert());
  const worker = await bench.worker(
    [
      operation(async (context) => {
        begun += 1;
        await untilStopped(context.signal);
      }),
    ],
    { slots: 1, prefetch: 5 },
  );
  await waitUntil('the work', () => begun === 1);
  await worker.stop();
  const jobs = await bench.sql`select locked_at, attempts from graphile_worker.jobs`;
  expect(jobs).toHaveLength(5);
  expect(jobs.every((job) => job.locked_at === null && job.attempts === 0)).toBe(true);
  await bench.worker([operation(async () => undefined)]);
  for (const runId of ids) expect(await bench.settled(runId)).toMatchObject({ status: 'succeeded' });
});

test('a run that is claimed while its worker leaves is handed over at once', async () => {
  const runId = await bench.insert({ enqueue: false });
  const work = operation((context) => untilStopped(context.signal));
  const worker = await bench.worker([work], { finishMs: 0, deafMs: 30_000 });
  let stopped: Promise<void> | undefined;
  await bench.sql.begin(async (tx) => {
    await tx`select from runs where id = ${runId} for update`;
    await bench.sql`select queue_enqueue_runs('acme', array[${runId}::bigint], array[now()], array[0])`;
    await waitUntil(
      'the claim to wait for the row',
      async () =>
        (
          await bench.sql`select from pg_stat_activity
          where wait_event_type = 'Lock' and application_name = 'signalbox worker' and datname = current_database()`
        ).length > 0,
    );
    stopped = worker.stop();
    await delay(100);
  });
  await stopped;
  expect(await bench.run(runId)).toMatchObject({ status: 'queued', lease_epoch: 1 });
  expect(await bench.sql`select from graphile_worker.jobs where key = ${`run:${runId}`}`).toHaveLength(1);
});

test('no run is left behind, whenever in its life the worker is told to stop', async () => {
  const ids: number[] = [];
  for (let n = 0; n < 15; n++) ids.push(await bench.insert());
  const work = operation(async (context) => {
    await context.step('one', { idempotent: true }, async () => null);
    await untilStopped(context.signal);
  });
  for (let round = 0; round < 6; round++) {
    const worker = await bench.worker([work], { finishMs: 0, slots: 5 });
    await delay(round * 8);
    await worker.stop();
    const runs = await bench.sql`
      select r.id from runs r join graphile_worker.jobs j on j.key = 'run:' || r.id
      where r.id in ${bench.sql(ids)} and r.status = 'queued' and j.locked_at is null and j.attempts = 0`;
    expect(runs).toHaveLength(ids.length);
  }
});

test('a worker is in the registry while it runs, under the name its jobs are locked by', async () => {
  const runId = await bench.insert();
  const worker = await bench.worker([operation((context) => untilStopped(context.signal))]);
  await bench.settled(runId, ['running']);
  const entry = () => bench.sql`
    select w.stopped_at, w.pid, w.slots from workers w join graphile_worker.jobs j on j.locked_by = w.pool_id
    where j.key = ${`run:${runId}`}`;
  // It signs on beside its work and does not wait for it.
  const [told] = await waitUntil('the entry', entry, { until: (rows) => rows.length > 0 });
  expect(told).toEqual({ stopped_at: null, pid: process.pid, slots: 20 });
  await worker.stop();
  const after = await bench.sql`select stopped_at is null as live from workers where name = ${worker.name}`;
  expect([...after]).toEqual([{ live: false }]);
});

test('a worker that stops while it still signs on is not taken for alive afterwards', async () => {
  await bench.sql`create function wait_a_while() returns trigger language plpgsql as
    $$ begin perform pg_sleep(0.3); return new; end $$`;
  await bench.sql`create trigger slow_entry before insert on workers
    for each row execute function wait_a_while()`;
  const worker = await bench.worker([]);
  await worker.stop();
  const [entry] = await waitUntil(
    'the entry',
    () => bench.sql`select stopped_at is null as live from workers where name = ${worker.name}`,
    { until: (rows) => rows.length > 0 },
  );
  expect(entry).toEqual({ live: false });
  await bench.sql`drop trigger slow_entry on workers`;
});
