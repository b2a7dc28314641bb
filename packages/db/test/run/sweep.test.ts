import {
  giveUpSilentWorkers,
  workerSeen,
  workerStopped,
} from '@signalbox/db/commands/observability/worker-registry';
import { fromTheStart, sweepExpired, sweepLostJobs } from '@signalbox/db/commands/run/sweep';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Bench, leaseMs, openBench } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.sql`truncate runs, graphile_worker._private_jobs, workers cascade`;
});

const swept = async () => {
  const expired = await sweepExpired(bench.db);
  const lost = await sweepLostJobs(bench.db, { leaseMs, from: fromTheStart });
  const failures = [...expired.failures, ...lost.failures];
  return { expired: expired.woken, requeued: lost.woken, failures };
};
const jobsOf = (runId: number) => bench.sql`
  select is_available from graphile_worker._private_jobs where key = ${`run:${runId}`}`;
const overdue = (runId: number) => bench.sql`
  update runs set wake_at = now() - interval '1 minute' where id = ${runId}`;

test('a run whose lease has expired is woken, and one whose lease holds is left alone', async () => {
  const lost = await bench.insert({ enqueue: false });
  const held = await bench.insert({ enqueue: false });
  await bench.take(lost);
  await bench.take(held);
  await bench.expire(lost);
  expect(await swept()).toMatchObject({ expired: 1, requeued: 0, failures: [] });
  expect(await jobsOf(lost)).toEqual([{ is_available: true }]);
  expect(await jobsOf(held)).toHaveLength(0);
});

test('a due run without a job gets one again; with a job, or not yet due, it is left alone', async () => {
  const lost = await bench.insert({ enqueue: false });
  const present = await bench.insert();
  const later = await bench.insert({ enqueue: false });
  await overdue(lost);
  await overdue(present);
  await bench.sql`update runs set wake_at = now() + interval '1 minute' where id = ${later}`;
  expect(await swept()).toMatchObject({ requeued: 1 });
  expect(await jobsOf(lost)).toHaveLength(1);
  expect(await jobsOf(later)).toHaveLength(0);
  expect(await swept()).toMatchObject({ requeued: 0 });
});

test('a job that has long been locked without its run being claimed counts as lost', async () => {
  const runId = await bench.insert();
  await overdue(runId);
  await bench.sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'pool-live', attempts = 1`;
  expect(await swept()).toMatchObject({ requeued: 0 });
  await bench.sql`update graphile_worker._private_jobs set locked_at = now() - interval '1 minute'`;
  expect(await swept()).toMatchObject({ requeued: 1 });
  expect(await jobsOf(runId)).toEqual([{ is_available: true }]);
});

test('jobs of a worker unseen for three leases are given back and can be taken again', async () => {
  const runId = await bench.insert();
  const entry = { name: 'w', host: 'h', pid: 1, version: '0', slots: 1 };
  await workerSeen(bench.db, { ...entry, poolId: 'pool-dead' });
  await workerSeen(bench.db, { ...entry, poolId: 'pool-live' });
  await bench.sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'pool-dead', attempts = 1`;
  expect(await giveUpSilentWorkers(bench.db, leaseMs)).toEqual([]);
  await bench.sql`update workers set last_seen_at = now() - interval '16 seconds' where pool_id = 'pool-dead'`;
  expect(await giveUpSilentWorkers(bench.db, leaseMs)).toEqual(['pool-dead']);
  expect(await jobsOf(runId)).toEqual([{ is_available: true }]);
  expect(await giveUpSilentWorkers(bench.db, leaseMs)).toEqual([]);
});

test('a worker that stops gives back what is still locked under its name', async () => {
  const runId = await bench.insert();
  await workerSeen(bench.db, { poolId: 'pool-a', name: 'a', host: 'h', pid: 1, version: '0', slots: 1 });
  await bench.sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'pool-a', attempts = 1`;
  await workerStopped(bench.db, 'pool-a');
  expect(await jobsOf(runId)).toEqual([{ is_available: true }]);
  const [worker] = await bench.sql`select stopped_at is not null as stopped from workers`;
  expect(worker).toEqual({ stopped: true });
});

test('a run that cannot be mended is reported and does not keep the others from being mended', async () => {
  const bad = await bench.insert({ enqueue: false });
  const good = await bench.insert({ enqueue: false });
  for (const runId of [bad, good]) {
    await bench.take(runId);
    await bench.expire(runId);
  }
  await bench.sql`update runs set lease_expires_at = lease_expires_at - interval '1 hour' where id = ${bad}`;
  await bench.sql.unsafe(`
    create function refuse_one() returns trigger language plpgsql as $$
    begin if new.key = 'run:${bad}' then raise exception 'refused'; end if; return new; end $$;
    create trigger refuse_one before insert on graphile_worker._private_jobs for each row execute function refuse_one()`);
  try {
    const { expired, failures } = await swept();
    expect(expired).toBe(1);
    expect(failures.map(({ runId }) => runId)).toEqual([bad]);
    expect(await jobsOf(good)).toHaveLength(1);
  } finally {
    await bench.sql.unsafe(
      'drop trigger refuse_one on graphile_worker._private_jobs; drop function refuse_one()',
    );
  }
});

test('a run that another process holds at that moment is left to it', async () => {
  const runId = await bench.insert({ enqueue: false });
  await bench.take(runId);
  await bench.expire(runId);
  await bench.sql.begin(async (tx) => {
    await tx`select from runs where id = ${runId} for update`;
    expect(await swept()).toMatchObject({ expired: 0, failures: [] });
  });
  expect(await swept()).toMatchObject({ expired: 1 });
});

test('a backlog longer than a page is seen to its end over several sweeps', async () => {
  const ids: number[] = [];
  for (let n = 0; n < 3; n++) ids.push(await bench.insert());
  await bench.sql`
    insert into runs (workspace_id, uid, operation, status, input, event_seq, initiator_kind, initiator_name, codename, wake_at)
    select 'acme', gen_random_uuid(), 'test', 'queued', '{}', 1, 'user', 't', 'c', now() - interval '1 hour'
    from generate_series(1, 500)`;
  await bench.sql`select queue_enqueue_runs('acme', array_agg(id), array_agg(wake_at), array_agg(0)) from runs`;
  const last = ids[2] ?? 0;
  await overdue(last);
  await bench.sql`delete from graphile_worker._private_jobs where key = ${`run:${last}`}`;
  const first = await sweepLostJobs(bench.db, { leaseMs, from: fromTheStart });
  expect(first.woken).toBe(0);
  const second = await sweepLostJobs(bench.db, { leaseMs, from: first.next });
  expect(second.woken).toBe(1);
  expect(second.next).toEqual(fromTheStart);
});
