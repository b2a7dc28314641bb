import { heartbeat } from '@signalbox/db/commands/run/heartbeat';
import { waitUntil } from '@signalbox/testing/wait-until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, leaseMs, openBench, workspaceId, writeOf } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

test('of twenty workers that claim one run, one gets it', async () => {
  const runId = await bench.insert();
  const claims = await Promise.all(
    Array.from({ length: 20 }, (_, index) => bench.claim(runId, `worker-${index}`)),
  );
  const winners = claims.filter((run) => run !== undefined);
  expect(winners).toHaveLength(1);
  expect(winners[0]).toMatchObject({ epoch: 1, attempt: 1, lostLeases: 0, eventSeq: 2 });
  const events =
    await bench.sql`select data from run_events where run_id = ${runId} and kind = 'state' order by seq`;
  expect(events.map((row) => row.data.to)).toEqual(['queued', 'running']);
});

test('of ten workers that take over an expired lease, one gets it, and one lost lease is counted', async () => {
  const runId = await bench.insert();
  await bench.take(runId);
  await bench.expire(runId);
  const claims = await Promise.all(
    Array.from({ length: 10 }, (_, index) => bench.claim(runId, `w-${index}`)),
  );
  const winners = claims.filter((run) => run !== undefined);
  expect(winners).toHaveLength(1);
  expect(winners[0]).toMatchObject({ epoch: 2, attempt: 1, lostLeases: 1 });
});

test('a duplicate wake-up finds nothing to claim while the lease holds, after the end and before the wake time', async () => {
  const held = await bench.insert();
  await bench.take(held);
  expect(await bench.claim(held, 'worker-b')).toBeUndefined();

  const ended = await bench.insert();
  const run = await bench.take(ended);
  await bench.write(writeOf(run, 1, { end: { kind: 'finish', result: { kind: 'done' }, output: null } }));
  expect(await bench.claim(ended, 'worker-b')).toBeUndefined();

  const later = await bench.insert();
  await bench.sql`update runs set wake_at = now() + interval '1 minute' where id = ${later}`;
  expect(await bench.claim(later)).toBeUndefined();
  expect(await bench.run(later)).toMatchObject({ status: 'queued', lease_epoch: 0, event_seq: 1 });
});

test('a heartbeat prolongs the own lease, tells of a cancel, and answers nothing for an older epoch', async () => {
  const runId = await bench.insert();
  const first = await bench.take(runId);
  await bench.expire(runId);
  const beat = (epoch: number) =>
    bench.db.inWorkspace(workspaceId, (tx) => heartbeat(tx, [{ runId, epoch }], leaseMs));
  // Expired but not taken over: still ours.
  expect(await beat(first.epoch)).toEqual([{ runId, cancelRequested: false }]);
  expect(await bench.claim(runId, 'worker-b')).toBeUndefined();
  await bench.expire(runId);
  const second = await bench.take(runId, 'worker-b');
  const before = await bench.run(runId);
  expect(await beat(first.epoch)).toEqual([]);
  expect((await bench.run(runId)).lease_expires_at).toEqual(before.lease_expires_at);
  await bench.sql`update runs set cancel_requested_at = now() where id = ${runId}`;
  expect(await beat(second.epoch)).toEqual([{ runId, cancelRequested: true }]);
});

test('a heartbeat takes the locks of its runs in their order, whatever the order in which it names them', async () => {
  const first = await bench.insert();
  const second = await bench.insert();
  const leases: { runId: number; epoch: number }[] = [];
  for (const runId of [second, first]) leases.push({ runId, epoch: (await bench.take(runId)).epoch });
  const beat = await bench.sql.begin(async (tx) => {
    await tx`select from runs where id = ${first} for update`;
    const renewed = bench.db.inWorkspace(workspaceId, (own) => heartbeat(own, leases, leaseMs));
    await waitUntil('the heartbeat to wait for the first run', async () => {
      const waiting = await bench.sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return waiting.length > 0;
    });
    // Nobody who holds the first can be kept waiting by it for the second.
    expect(await tx`select from runs where id = ${second} for update skip locked`).toHaveLength(1);
    return { renewed };
  });
  expect(await beat.renewed).toHaveLength(2);
});

test('a takeover is no try of the operation, but a retry is', async () => {
  const runId = await bench.insert();
  const first = await bench.take(runId);
  const end = { kind: 'hand_back', cause: 'waiting_to_retry', delayMs: 0 } as const;
  await bench.write(writeOf(first, 1, { end }));
  expect(await bench.take(runId)).toMatchObject({ attempt: 2, epoch: 2 });
  await bench.expire(runId);
  const third = await bench.take(runId);
  expect(third).toMatchObject({ attempt: 2, epoch: 3, lostLeases: 1 });
  await bench.write(
    writeOf(third, 1, { end: { kind: 'hand_back', cause: 'waiting_for_worker', delayMs: 0 } }),
  );
  expect(await bench.take(runId)).toMatchObject({ attempt: 2, epoch: 4, lostLeases: 1 });
});
