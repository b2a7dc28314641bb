import { requestCancel } from '@signalbox/db/commands/run/request-cancel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, done, openBench, workspaceId, writeOf } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const cancel = (runId: number) =>
  bench.db.inWorkspace(workspaceId, (tx) =>
    requestCancel(tx, { runId, actor: { kind: 'user', name: 'olga' }, requestId: 'req-1' }),
  );

test('a finish writes status, counts, times, event and audit entry together and frees the scope', async () => {
  const runId = await bench.insert({ scopes: ['t:1:c:1'] });
  const run = await bench.take(runId);
  const counts = { total: 3, succeeded: 1, failed: 1, skipped: 1 };
  await bench.write(writeOf(run, 1, { counts }));
  const result = await bench.write(
    writeOf({ ...run, counts }, 2, {
      end: { kind: 'finish', result: { kind: 'done' }, output: { kept: 1 } },
    }),
  );
  expect(result).toMatchObject({ status: 'partial', freedScopes: ['t:1:c:1'], eventSeq: 3 });
  const row = await bench.run(runId);
  expect(row).toMatchObject({
    status: 'partial',
    output: { kept: 1 },
    lease_expires_at: null,
    lease_worker: null,
    safe_error: { code: 'items_failed' },
  });
  expect(await bench.sql`select from scope_claims where run_id = ${runId}`).toHaveLength(0);
  const [audit] = await bench.sql`select action, details from audit_entries where run_id = ${runId}`;
  expect(audit).toMatchObject({
    action: 'run.finished',
    details: { status: 'partial', reason: 'items_failed' },
  });
  const events = await bench.sql`select data from run_events where run_id = ${runId} order by seq`;
  expect(events.at(-1)?.data).toMatchObject({ from: 'running', to: 'partial', reason: 'items_failed' });
});

test('items that a failed run never reached count as skipped, so the counts add up', async () => {
  const runId = await bench.insert();
  const run = await bench.take(runId);
  const declared = ['a', 'b', 'c'].map((key, index) => ({ position: index + 1, key, label: key }));
  const counts = { total: 3, succeeded: 1, failed: 0, skipped: 0 };
  await bench.write(writeOf(run, 1, { counts, declared, results: [{ key: 'a', outcome: 'succeeded' }] }));
  const error = { code: 'provider_unavailable', message: 'It did not answer.' } as const;
  const end = { kind: 'finish', result: { kind: 'failed', error }, output: null } as const;
  await bench.write(writeOf({ ...run, counts }, 2, { end }));
  expect(await bench.run(runId)).toMatchObject({
    status: 'failed',
    total: 3,
    succeeded: 1,
    failed: 0,
    skipped: 2,
  });
  const items = await bench.sql`select outcome from run_items where run_id = ${runId} order by position`;
  expect(items.map((item) => item.outcome)).toEqual(['succeeded', 'skipped', 'skipped']);
  const [progress] =
    await bench.sql`select data from run_events where run_id = ${runId} and kind = 'progress'`;
  expect(progress?.data.counts).toEqual({ total: 3, succeeded: 1, failed: 0, skipped: 2 });
});

test('queued, waiting and executing time add up to the wall time to the millisecond', async () => {
  const runId = await bench.insert();
  await bench.sql`update runs set created_at = now() - interval '10.0004 seconds',
    phase_since = now() - interval '10.0004 seconds', wake_at = now() - interval '7.0002 seconds' where id = ${runId}`;
  const first = await bench.take(runId);
  // Whole milliseconds: a boundary that has been counted may only be moved by those.
  await bench.sql`update runs set phase_since = phase_since - interval '2 seconds',
    created_at = created_at - interval '2 seconds' where id = ${runId}`;
  await bench.write(writeOf(first, 1, { end: { kind: 'hand_back', cause: 'throttled', delayMs: 1 } }));
  await bench.sql`update runs set wake_at = phase_since where id = ${runId}`;
  const second = await bench.take(runId);
  await bench.write(writeOf(second, 1, { end: done }));
  const [row] =
    await bench.sql`select queued_ms::int as queued, waiting_ms::int as waiting, executing_ms::int as executing,
    (floor(extract(epoch from finished_at) * 1000) - floor(extract(epoch from created_at) * 1000))::int as wall
    from runs where id = ${runId}`;
  expect(row?.queued + row?.waiting + row?.executing).toBe(row?.wall);
  expect(row?.waiting).toBeGreaterThanOrEqual(2_999);
  expect(row?.queued).toBeGreaterThanOrEqual(7_000);
  expect(row?.executing).toBeGreaterThanOrEqual(2_000);
});

test('a run that goes back to the queue keeps its scope, says why it waits, and has its job at its wake time', async () => {
  const runId = await bench.insert({ scopes: ['kept'], enqueue: false });
  const run = await bench.take(runId);
  const error = { code: 'provider_unavailable', message: 'It did not answer.' } as const;
  const end = { kind: 'hand_back', cause: 'waiting_to_retry', delayMs: 60_000, error } as const;
  expect(await bench.write(writeOf(run, 1, { end }))).toMatchObject({ kind: 'written', status: 'queued' });
  const row = await bench.run(runId);
  expect(row).toMatchObject({ status: 'queued', wait_cause: 'waiting_to_retry', lease_expires_at: null });
  expect(await bench.sql`select from scope_claims where run_id = ${runId}`).toHaveLength(1);
  const [job] = await bench.sql`
    select j.run_at = r.wake_at as timely, j.max_attempts from graphile_worker.jobs j, runs r
    where j.key = ${`run:${runId}`} and r.id = ${runId}`;
  expect(job).toEqual({ timely: true, max_attempts: 1 });
  const events = await bench.sql`select data from run_events where run_id = ${runId} order by seq`;
  expect(events.at(-1)?.data).toMatchObject({ to: 'queued', reason: 'waiting_to_retry', safeError: error });
});

test.each(['queued', 'pending', 'awaiting_approval'] as const)(
  'a %s run is cancelled at once and holds nothing any more',
  async (status) => {
    const runId = await bench.insert({ status, scopes: [`s-${status}`] });
    expect(await cancel(runId)).toEqual({ kind: 'cancelled', freedScopes: [`s-${status}`] });
    expect(await bench.run(runId)).toMatchObject({ status: 'cancelled', safe_error: { code: 'cancelled' } });
    expect(await bench.claim(runId)).toBeUndefined();
    const actions =
      await bench.sql`select action, actor_name, request_id from audit_entries where run_id = ${runId}`;
    expect(actions).toEqual([{ action: 'run.cancelled', actor_name: 'olga', request_id: 'req-1' }]);
  },
);

test('a running run is told, once; an ended one answers that it has ended', async () => {
  const runId = await bench.insert();
  const run = await bench.take(runId);
  const heard: string[] = [];
  const stop = await bench.db.listen(
    'signalbox_cancels',
    (payload) => heard.push(payload),
    () => undefined,
  );
  expect(await cancel(runId)).toEqual({ kind: 'requested' });
  expect(await cancel(runId)).toEqual({ kind: 'already_requested' });
  await expect.poll(() => heard).toEqual([JSON.stringify([{ w: workspaceId, r: runId, s: 3 }])]);
  await stop();
  await bench.write(writeOf(run, 1, { end: { kind: 'finish', result: { kind: 'stopped' }, output: null } }));
  expect(await bench.run(runId)).toMatchObject({ status: 'cancelled' });
  expect(await cancel(runId)).toEqual({ kind: 'ended', status: 'cancelled' });
  expect(await cancel(-1)).toEqual({ kind: 'not_found' });
});

test('work that was all done succeeds although a cancel came in, and the cancel is audited as too late', async () => {
  const runId = await bench.insert();
  const run = await bench.take(runId);
  await cancel(runId);
  expect(await bench.write(writeOf(run, 1, { end: done }))).toMatchObject({ status: 'succeeded' });
  const actions = await bench.sql`select action from audit_entries where run_id = ${runId} order by id`;
  expect(actions.map((row) => row.action)).toEqual([
    'run.cancel_requested',
    'run.finished',
    'run.cancel_too_late',
  ]);
});

test('a run that would wait although a cancel was asked for ends cancelled instead', async () => {
  const runId = await bench.insert({ scopes: ['waits'] });
  const run = await bench.take(runId);
  await cancel(runId);
  const end = { kind: 'hand_back', cause: 'throttled', delayMs: 60_000 } as const;
  expect(await bench.write(writeOf(run, 1, { end }))).toMatchObject({
    status: 'cancelled',
    freedScopes: ['waits'],
  });
});

test('of a cancel and a finish at the same moment, whoever is second sees the first: one terminal state', async () => {
  for (let round = 0; round < 40; round++) {
    const runId = await bench.insert({ scopes: [`race-${round}`] });
    const run = await bench.take(runId);
    const [asked, written] = await Promise.all([cancel(runId), bench.write(writeOf(run, 1, { end: done }))]);
    expect(written).toMatchObject({ kind: 'written', status: 'succeeded' });
    const events = await bench.sql`
      select kind, data->>'to' as "to" from run_events where run_id = ${runId} order by seq`;
    // Nothing comes after the end.
    expect(events.at(-1)).toEqual({ kind: 'state', to: 'succeeded' });
    expect(events.filter((row) => row.kind === 'state')).toHaveLength(3);
    expect(['requested', 'ended']).toContain(asked.kind);
  }
});

test('of a cancel and a claim at the same moment, either the run never starts or its worker is told', async () => {
  for (let round = 0; round < 40; round++) {
    const runId = await bench.insert();
    const [asked, claimed] = await Promise.all([cancel(runId), bench.claim(runId)]);
    const row = await bench.run(runId);
    if (claimed === undefined) {
      expect(asked.kind).toBe('cancelled');
      expect(row).toMatchObject({ status: 'cancelled', lease_epoch: 0 });
    } else {
      expect(asked.kind).toBe('requested');
      expect(row).toMatchObject({ status: 'running', lease_epoch: 1 });
      expect(row.cancel_requested_at).not.toBeNull();
    }
  }
});
