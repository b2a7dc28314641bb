import { forceCancel } from '@signalbox/db/commands/run/force-cancel';
import { heartbeat } from '@signalbox/db/commands/run/heartbeat';
import { requestCancel } from '@signalbox/db/commands/run/request-cancel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, done, leaseMs, openBench, stepOf, workspaceId, writeOf } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const actor = { kind: 'user', name: 'mona' } as const;
const force = (runId: number) =>
  bench.db.inWorkspace(workspaceId, (tx) =>
    forceCancel(tx, { runId, actor, reason: 'its host burnt down', requestId: 'req-1' }),
  );
const cancel = (runId: number) =>
  bench.db.inWorkspace(workspaceId, (tx) => requestCancel(tx, { runId, actor }));

/** A run that a worker has, that was asked to stop, and whose lease has run out. */
async function silent(scope: string) {
  const runId = await bench.insert({ scopes: [scope] });
  const run = await bench.take(runId);
  const counts = { total: 2, succeeded: 0, failed: 0, skipped: 0 };
  const declared = [
    { position: 1, key: 'a', label: 'A' },
    { position: 2, key: 'b', label: 'B' },
  ];
  await bench.write(writeOf(run, 1, { counts, declared }));
  await cancel(runId);
  await bench.expire(runId);
  return { runId, run: { ...run, counts } };
}

test('a run whose worker is gone ends cancelled, frees its scope and says who ended it and why', async () => {
  const { runId } = await silent('burnt');
  expect(await force(runId)).toEqual({ kind: 'cancelled', freedScopes: ['burnt'] });
  expect(await bench.run(runId)).toMatchObject({
    status: 'cancelled',
    total: 2,
    skipped: 2,
    lease_expires_at: null,
    lease_worker: null,
    cancel_by: 'mona',
    cancel_reason: 'its host burnt down',
    safe_error: { code: 'cancelled', context: { forced: true, openItems: 2 } },
  });
  expect(await bench.sql`select from scope_claims where run_id = ${runId}`).toHaveLength(0);
  const outcomes = await bench.sql`select outcome from run_items where run_id = ${runId}`;
  expect(outcomes.map((row) => row.outcome)).toEqual(['skipped', 'skipped']);
  const audit = await bench.sql`select action, actor_name, request_id, details from audit_entries
    where run_id = ${runId} order by id`;
  expect(audit.at(-1)).toEqual({
    action: 'run.force_cancelled',
    actor_name: 'mona',
    request_id: 'req-1',
    details: { reason: 'its host burnt down', freedScopes: ['burnt'] },
  });
  const events = await bench.sql`select seq, kind, data->>'to' as "to" from run_events
    where run_id = ${runId} order by seq`;
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
  expect(events.slice(-2)).toMatchObject([{ kind: 'request' }, { kind: 'state', to: 'cancelled' }]);
});

test('a worker that comes back after it writes nothing, keeps no lease and takes nothing from the next run', async () => {
  const { runId, run } = await silent('shared');
  await force(runId);
  await bench.insert({ scopes: ['shared'] });
  const before = await bench.run(runId);
  const late = [
    writeOf(run, 2, { steps: [stepOf(run, 'late', 'done')] }),
    writeOf(run, 2, { results: [{ key: 'a', outcome: 'succeeded' }] }),
    writeOf(run, 2, { entries: [{ kind: 'log', level: 'info', step: null, text: 'late' }] }),
    writeOf(run, 2, { end: done }),
    // The number that a new owner's first write would have, and the one that was written last.
    writeOf(run, 1, { end: done }),
    writeOf(run, 0),
  ];
  for (const write of late) expect(await bench.write(write)).toEqual({ kind: 'lease_lost' });
  const lease = { runId, epoch: run.epoch };
  expect(await bench.db.inWorkspace(workspaceId, (tx) => heartbeat(tx, [lease], leaseMs))).toEqual([]);
  expect(await bench.claim(runId)).toBeUndefined();
  expect(await bench.run(runId)).toEqual(before);
  expect(await bench.sql`select from scope_claims where scope_key = 'shared'`).toHaveLength(1);
  expect(await bench.sql`select from run_steps where run_id = ${runId}`).toHaveLength(0);
});

test('the epoch is raised, so that not even a run that were running again would hear the old worker', async () => {
  const { runId, run } = await silent('epoch');
  await force(runId);
  const row = await bench.run(runId);
  expect(Number(row.lease_epoch)).toBeGreaterThan(run.epoch);
});

test('it is refused without a cancel, while the worker is heard and has time, and after the end', async () => {
  const runId = await bench.insert();
  expect(await force(runId)).toMatchObject({ kind: 'refused' });
  const run = await bench.take(runId);
  await bench.expire(runId);
  expect(await force(runId)).toEqual({ kind: 'refused', problem: 'Ask for a cancel first.' });
  await bench.sql`update runs set lease_expires_at = now() + interval '30 seconds' where id = ${runId}`;
  await cancel(runId);
  expect(await force(runId)).toMatchObject({ kind: 'refused' });
  await bench.sql`update runs set cancel_requested_at = now() - interval '61 seconds' where id = ${runId}`;
  expect(await force(runId)).toMatchObject({ kind: 'cancelled' });
  expect(await bench.write(writeOf(run, 1, { end: done }))).toEqual({ kind: 'lease_lost' });
  expect(await force(runId)).toEqual({ kind: 'refused', problem: 'The run has already ended.' });
  expect(await force(-1)).toEqual({ kind: 'not_found' });
});

test('of a forced cancel and a finish at the same moment, one decides: one terminal state, one end', async () => {
  for (let round = 0; round < 20; round++) {
    const runId = await bench.insert({ scopes: [`forced-${round}`] });
    const run = await bench.take(runId);
    await cancel(runId);
    await bench.sql`update runs set cancel_requested_at = now() - interval '61 seconds' where id = ${runId}`;
    const [forced, written] = await Promise.all([force(runId), bench.write(writeOf(run, 1, { end: done }))]);
    expect(written.kind === 'written').toBe(forced.kind === 'refused');
    const ends = await bench.sql`select from run_events
      where run_id = ${runId} and kind = 'state' and data->>'to' in ('succeeded', 'cancelled')`;
    expect(ends).toHaveLength(1);
  }
});
