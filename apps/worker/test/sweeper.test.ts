import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Bench, openBench, operation } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterEach(() => bench.stopWorkers());
afterAll(() => bench.close());

const leaseMs = 1_000;

/** A run whose worker is gone: no wake-up waits for it. */
async function leftBehind(): Promise<number> {
  const runId = await bench.insert({ enqueue: false });
  await bench.sql`
    update runs set status = 'running', lease_epoch = 1, attempt = 1, lease_worker = 'gone',
      lease_expires_at = now() - interval '1 second', started_at = now()
    where id = ${runId}`;
  return runId;
}

test('a run left behind is taken over although neither silent workers nor lost jobs can be looked after', async () => {
  await bench.sql.unsafe(`
    create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$;
    create trigger refuse before delete on workers for each statement execute function refuse();
    alter function system_due_runs rename to system_due_runs_gone`);
  const runId = await leftBehind();
  await bench.worker([operation(async () => undefined)], { leaseMs });
  expect(await bench.settled(runId)).toMatchObject({ status: 'succeeded', lease_epoch: 2 });
});

test('a job that was lost is found although expired leases cannot be looked for', async () => {
  await bench.sql.unsafe(`
    alter function system_due_runs_gone rename to system_due_runs;
    alter function system_expired_leases rename to system_expired_leases_gone`);
  const runId = await bench.insert({ enqueue: false });
  await bench.sql`update runs set wake_at = now() - interval '1 minute' where id = ${runId}`;
  await bench.worker([operation(async () => undefined)], { leaseMs });
  expect(await bench.settled(runId)).toMatchObject({ status: 'succeeded', lease_epoch: 1 });
});
