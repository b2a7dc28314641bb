import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '@signalbox/db/client/database';
import { requestCancel } from '@signalbox/db/commands/run/request-cancel';
import { waitUntil } from '@signalbox/testing/wait-until';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Bench, openBench, operation, untilStopped, workspaceId } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterEach(() => bench.stopWorkers());
afterAll(() => bench.close());

const leaseMs = 1_000;

test.each([
  { idempotent: true, ends: { status: 'succeeded' }, repeats: 2 },
  { idempotent: false, ends: { status: 'failed', safe_error: { code: 'outcome_unknown' } }, repeats: 1 },
])(
  'after a lost worker a begun step with idempotent=$idempotent runs $repeats times and the run ends $ends.status',
  async ({ idempotent, ends, repeats }) => {
    const keys: string[] = [];
    const runId = await bench.insert({ scopes: [`crash-${idempotent}`] });
    const crashing = await bench.worker(
      [
        operation(async (context) => {
          await context.step('write', { idempotent }, async (key, signal) => {
            keys.push(key);
            return untilStopped(signal);
          });
        }),
      ],
      { leaseMs },
    );
    await waitUntil('the effect', () => keys.length === 1);
    await waitUntil(
      'the intent',
      async () => (await bench.sql`select from run_steps where run_id = ${runId}`).length === 1,
    );
    crashing.abandon();
    await crashing.stop();
    await bench.worker(
      [
        operation(async (context) => {
          await context.step('write', { idempotent }, async (key) => {
            keys.push(key);
            return null;
          });
        }),
      ],
      { leaseMs },
    );
    const run = await bench.settled(runId);
    expect(run).toMatchObject({ ...ends, lease_epoch: 2, attempt: 1 });
    expect(keys).toEqual(Array(repeats).fill(`run:${run.uid}:write`));
    expect(await bench.sql`select from scope_claims where run_id = ${runId}`).toHaveLength(0);
  },
);

test('the sixth lost lease in a row ends a run as poison and frees its scope, without working on it again', async () => {
  const runId = await bench.insert({ scopes: ['poisoned'], enqueue: false });
  let executions = 0;
  await bench.sql`update runs set status = 'running', lease_epoch = 6, lease_expires_at = now(), lost_leases = 4
    where id = ${runId}`;
  const work = operation(async (context) => {
    executions += 1;
    await untilStopped(context.signal);
  });
  const worker = await bench.worker([work], { leaseMs });
  await waitUntil('the fifth takeover', () => executions === 1);
  expect(await bench.run(runId)).toMatchObject({ lost_leases: 5, status: 'running' });
  worker.abandon();
  await worker.stop();
  await bench.worker([work], { leaseMs });
  const run = await bench.settled(runId);
  expect(run).toMatchObject({ status: 'failed', safe_error: { code: 'poison' }, lost_leases: 6 });
  expect(executions).toBe(1);
  expect(await bench.sql`select from scope_claims where run_id = ${runId}`).toHaveLength(0);
});

test('a worker whose main loop stood still past its lease writes nothing for the runs it had', async () => {
  const runId = await bench.insert();
  let stalls = 0;
  await bench.worker(
    [
      operation(async (context) => {
        if (stalls++ === 0) {
          const until = performance.now() + 1.5 * leaseMs;
          while (performance.now() < until);
          await context.step('late', { idempotent: true }, async () => 'stale');
        } else await context.step('late', { idempotent: true }, async () => 'fresh');
      }),
    ],
    { leaseMs },
  );
  expect(await bench.settled(runId)).toMatchObject({ status: 'succeeded', lease_epoch: 2 });
  const [step] = await bench.sql`select result from run_steps where run_id = ${runId}`;
  expect(step?.result).toBe('fresh');
});

test('work longer than its lease stays with its worker', async () => {
  const runId = await bench.insert();
  const slow = operation(async (context) => {
    await context.step('slow', { idempotent: false }, () => delay(3 * leaseMs, 1));
  });
  await Promise.all([bench.worker([slow], { leaseMs }), bench.worker([slow], { leaseMs })]);
  expect(await bench.settled(runId)).toMatchObject({ status: 'succeeded', lease_epoch: 1, lost_leases: 0 });
});

test('a run whose job was lost is found and executed', async () => {
  const runId = await bench.insert({ enqueue: false });
  await bench.sql`update runs set wake_at = now() - interval '1 minute' where id = ${runId}`;
  await bench.worker([operation(async () => undefined)], { leaseMs });
  expect(await bench.settled(runId)).toMatchObject({ status: 'succeeded' });
});

test('a cancel reaches work at once, long before a heartbeat, and ends it', async () => {
  const runId = await bench.insert({ scopes: ['cancelled'] });
  let begun = false;
  const work = operation(async (context) => {
    await context.items.declare([{ key: 'a', label: 'A' }]);
    begun = true;
    await untilStopped(context.signal);
  });
  await bench.worker([work], { leaseMs: 600_000 });
  await waitUntil('the work', () => begun);
  const db = await openDatabase({ url: bench.url, name: 'test', max: 1 });
  await db.inWorkspace(workspaceId, (tx) =>
    requestCancel(tx, { runId, actor: { kind: 'user', name: 'olga' } }),
  );
  await db.close();
  expect(await bench.settled(runId)).toMatchObject({ status: 'cancelled', total: 1, skipped: 1 });
  expect(await bench.sql`select from scope_claims where run_id = ${runId}`).toHaveLength(0);
});

test('a cancel that was not heard is seen by the next heartbeat, or by the next write', async () => {
  for (const way of ['heartbeat', 'write']) {
    const runId = await bench.insert();
    let begun = false;
    const worker = await bench.worker(
      [
        operation(async (context) => {
          begun = true;
          while (way === 'write') {
            await context.progress(null);
            await delay(20);
          }
          await untilStopped(context.signal);
        }),
      ],
      { leaseMs: way === 'write' ? 600_000 : leaseMs },
    );
    await waitUntil('the work', () => begun);
    await bench.sql`update runs set cancel_requested_at = now() where id = ${runId}`;
    expect(await bench.settled(runId)).toMatchObject({ status: 'cancelled' });
    await worker.stop();
  }
});

test('an effect that must not be repeated is not cut off by a cancel', async () => {
  const runId = await bench.insert();
  let finished = false;
  await bench.worker([
    operation(async (context) => {
      await context.step('charge', { idempotent: false }, async (_key, signal) => {
        await bench.sql`update runs set cancel_requested_at = now() where id = ${runId}`;
        await context.log('info', 'this write tells of the cancel');
        await waitUntil('the cancel', () => context.signal.aborted);
        finished = !signal.aborted;
        return 'charged';
      });
      await context.step('never', { idempotent: false }, async () => null);
    }),
  ]);
  expect(await bench.settled(runId)).toMatchObject({ status: 'cancelled' });
  expect(finished).toBe(true);
  const steps = await bench.sql`select name, state, result from run_steps where run_id = ${runId}`;
  expect(steps).toEqual([{ name: 'charge', state: 'done', result: 'charged' }]);
});
