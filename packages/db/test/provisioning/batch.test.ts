import { setThrottled } from '@signalbox/db/commands/connection/set-throttled';
import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import { advancePlan } from '@signalbox/db/commands/plan/advance-plan';
import { createBulk } from '@signalbox/db/commands/plan/create-bulk';
import { retryBatch } from '@signalbox/db/commands/provisioning/retry-batch';
import { requestCancel } from '@signalbox/db/commands/run/request-cancel';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import { makeServerConnection } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase, outcomeOf, runIdOf } from '../gate/gate-database.ts';
import { type BatchBench, failure, makeBatchBench, serverBatch } from './batch-bench.ts';

let gate: GateDatabase;
let bench: BatchBench;

beforeAll(async () => {
  gate = await openGateDatabase();
});
beforeEach(async () => {
  bench = await makeBatchBench(gate);
});
afterAll(() => gate.close());

const held = async () =>
  (
    await gate.admin`select scope_key from scope_claims where workspace_id = ${bench.workspace.id} order by scope_key`
  ).map((row) => String(row.scope_key));
const events = async (uid: string) =>
  gate.admin`select e.seq, e.kind, e.data from plan_events e join plans p on p.id = e.plan_id where p.uid = ${uid} order by e.seq`;
const workflow = (infra: string) =>
  startRequest(
    bench.workspace.members.operator,
    { operation: 'create_taskserv', tenantId: null },
    { input: { infra, settings: 'config.k', checkMode: false, provider: 'local', taskservs: ['nginx'] } },
  );
/** Rows that a batch leaves in the database. */
const traces = async () => {
  const [row] = await gate.admin`select
    (select count(*)::int from plans where workspace_id = ${bench.workspace.id}) as plans,
    (select count(*)::int from plan_items where workspace_id = ${bench.workspace.id}) as items,
    (select count(*)::int from infras where workspace_id = ${bench.workspace.id}) as infras,
    (select count(*)::int from scope_claims where workspace_id = ${bench.workspace.id}) as claims`;
  return { ...row };
};

test('operations begin when all they depend on are done, never more than the limit, and the batch holds what they share', async () => {
  const uid = await bench.admitted([['a'], ['b', 'a'], ['c', 'a'], ['d', 'a'], ['e', 'b', 'c', 'd']], {
    parallelLimit: 2,
  });
  expect(await held()).toEqual([`c:${bench.connectionId}`, 'infra:demo']);
  await bench.advance(uid);
  expect(await bench.stands(uid)).toEqual(['a admitted', 'b waiting', 'c waiting', 'd waiting', 'e waiting']);
  expect(await held()).toEqual([`c:${bench.connectionId}`, 'infra:demo', 'infra:demo:server:a']);
  await bench.end(uid, 'a');
  expect(await bench.stands(uid)).toEqual(['a done', 'b admitted', 'c admitted', 'd waiting', 'e waiting']);
  await bench.end(uid, 'c');
  await bench.end(uid, 'b');
  expect(await bench.stands(uid)).toEqual(['a done', 'b done', 'c done', 'd admitted', 'e waiting']);
  await bench.end(uid, 'd');
  await bench.end(uid, 'e');
  const batch = await bench.batch(uid);
  expect(batch).toMatchObject({ status: 'completed', counts: { completed: 5 }, infras: ['demo'] });
  expect(await held()).toEqual([]);
  const told = await gate.admin`select run_id from notifications where workspace_id = ${bench.workspace.id}`;
  expect([...told]).toEqual([{ run_id: String(batch.items[4]?.run?.id) }]);
  const history = await events(uid);
  expect(history.map(({ seq }) => Number(seq))).toEqual(history.map((_, index) => index + 1));
  expect(history.at(0)).toMatchObject({ kind: 'state', data: { from: null, to: 'working' } });
  expect(history.at(-1)).toMatchObject({ kind: 'state', data: { to: 'completed', counts: { done: 5 } } });
  expect(history.filter(({ kind }) => kind === 'item')).toHaveLength(10);
  const audited = await gate.admin`select action from audit_entries
    where workspace_id = ${bench.workspace.id} and object_kind = 'batch' order by id`;
  expect(audited.map(({ action }) => action)).toEqual(['batch.created', 'batch.finished']);
});

test('behind a failure nothing begins and each says because of which; what does not depend on it goes on', async () => {
  const uid = await bench.admitted([['a'], ['b'], ['c', 'a'], ['d', 'c'], ['e', 'b'], ['f', 'd', 'e']]);
  await bench.advance(uid);
  await bench.end(uid, 'a', failure);
  expect(await bench.stands(uid)).toEqual([
    'a failed',
    'b admitted',
    'c skipped',
    'd skipped',
    'e waiting',
    'f skipped',
  ]);
  await bench.end(uid, 'b');
  await bench.end(uid, 'e');
  const batch = await bench.batch(uid);
  expect(batch).toMatchObject({ status: 'failed', counts: { failed: 1, skipped: 3, completed: 2 } });
  expect(batch.items.map(({ because }) => because)).toEqual([null, null, 'a', 'a', null, 'a']);
  expect(batch.items[2]?.message).toContain('a before it did not succeed');
  expect(await held()).toEqual([]);
});

test('a batch that cannot hold all it needs is refused with the holder, whoever that is, and leaves nothing behind', async () => {
  const uid = await bench.admitted([['a']]);
  const before = await traces();
  const again = await bench.create([serverBatch(['x'])], { name: 'demo' });
  expect(again).toMatchObject({
    kind: 'refused',
    refused: {
      kind: 'gate',
      decided: {
        decision: { kind: 'scope_busy', holder: { runId: null, batchUid: uid, operation: 'batch' } },
      },
    },
  });
  // Another infra through the same connection is held back too: both batches would use it.
  expect(await bench.create([['y']], { name: 'other' })).toMatchObject({ kind: 'refused' });
  expect(await traces()).toEqual(before);
  // A single workflow on the infra stands behind the batch, and a batch behind a workflow.
  const [busy] = await startRuns(gate.db, bench.workspace.id, [workflow('demo')]);
  expect(busy).toMatchObject({ kind: 'decided', verdict: { kind: 'scope_busy', holder: { batchUid: uid } } });
  await bench.advance(uid);
  await bench.end(uid, 'a');
  const [single] = await startRuns(gate.db, bench.workspace.id, [workflow('demo')]);
  expect(outcomeOf(single)).toBe('accepted');
  const behind = await bench.create([['z']]);
  expect(behind).toMatchObject({
    refused: { decided: { decision: { kind: 'scope_busy', holder: { runId: runIdOf(single) } } } },
  });
  const refusals = await gate.admin`select details from audit_entries
    where workspace_id = ${bench.workspace.id} and action = 'run.start_refused' order by id`;
  expect(refusals.map(({ details }) => [details.reason, details.from.surface ?? 'workflow'])).toEqual([
    ['scope_busy', 'batch'],
    ['scope_busy', 'batch'],
    ['scope_busy', 'workflow'],
    ['scope_busy', 'batch'],
  ]);
});

test('work that waits for what a batch holds is woken when the batch has ended, and by nothing before', async () => {
  const { operator } = bench.workspace.members;
  const { id: workspaceId } = bench.workspace;
  await bench.cancel(await bench.admitted([['first']]));
  const [single] = await startRuns(gate.db, workspaceId, [workflow('demo')]);
  const runId = runIdOf(single);
  const actor = { kind: 'user', name: 'test' } as const;
  await gate.db.inWorkspace(workspaceId, (tx) => requestCancel(tx, { runId, actor }));
  const uid = await bench.admitted([['a'], ['b', 'a']]);
  const bulk = await createBulk(gate.db, operator, {
    ...{ action: 'replay', selection: { kind: 'ids', runIds: [runId] }, asked: { runIds: [runId] } },
    ...{ reason: null, idempotency: null, requestId: null },
  });
  if (bulk.kind !== 'created') throw new Error(bulk.kind);
  const planId = bulk.plan.id;
  const item = async () =>
    (await gate.admin`select status, wait_scope from plan_items where plan_id = ${planId}`)[0];
  const woken = () => gate.admin`select from graphile_worker._private_jobs
    where payload ->> 'workspaceId' = ${workspaceId} and (payload ->> 'planId')::bigint = ${planId} and run_at <= now()`;
  await advancePlan(gate.db, { workspaceId, planId });
  expect(await item()).toEqual({ status: 'waiting', wait_scope: 'infra:demo' });
  await gate.admin`delete from graphile_worker._private_jobs where payload ->> 'workspaceId' = ${workspaceId}`;
  await bench.advance(uid);
  await bench.end(uid, 'a');
  expect(await woken()).toHaveLength(0);
  await bench.end(uid, 'b');
  expect(await woken()).toHaveLength(1);
  await advancePlan(gate.db, { workspaceId, planId });
  expect(await item()).toMatchObject({ status: 'done' });
});

test('operations on one server follow one another, and one that goes to all servers of the infra waits for each', async () => {
  const uid = await bench.admitted([
    serverBatch(['web']),
    { ...serverBatch(['same']), config: { server_configs: [{ name: 'web', plan: 'small', zone: 'local' }] } },
    {
      id: 'all',
      type: 'taskserv_batch',
      provider: 'local',
      dependencies: [],
      config: { taskservs: ['nginx'] },
    },
    {
      id: 'near',
      type: 'taskserv_batch',
      provider: 'local',
      dependencies: ['web'],
      config: { taskservs: ['nginx'] },
    },
  ]);
  await bench.advance(uid);
  expect(await bench.stands(uid)).toEqual(['web admitted', 'same waiting', 'all waiting', 'near waiting']);
  const { items } = await bench.batch(uid);
  expect(items[1]).toMatchObject({ waitCause: 'scope_busy', holder: { runId: items[0]?.run?.id } });
  expect(items[3]).toMatchObject({ waitCause: null, input: { servers: ['web'] } });
  expect(items[2]?.input).not.toHaveProperty('servers');
  for (const key of ['web', 'same', 'all', 'near']) await bench.end(uid, key);
  expect(await bench.batch(uid)).toMatchObject({ status: 'completed' });
});

test('a pause of the provider is waited out, another refusal fails the operation with its reason', async () => {
  const uid = await bench.admitted([['a'], ['b', 'a']]);
  await gate.db.inWorkspace(bench.workspace.id, (tx) => setThrottled(tx, bench.connectionId, 60_000));
  await bench.advance(uid);
  const [paused] = (await bench.batch(uid)).items;
  expect(paused).toMatchObject({ status: 'waiting', waitCause: 'throttled', waitUntil: expect.any(Date) });
  await gate.admin`update connections set throttled_until = null where id = ${bench.connectionId}`;
  await gate.admin`update plan_items set wait_until = now() where id = ${Number(paused?.id)}`;
  await gate.admin`update connections set enabled = false where id = ${bench.connectionId}`;
  await bench.advance(uid);
  const batch = await bench.batch(uid);
  expect(batch).toMatchObject({ status: 'failed' });
  expect(batch.items).toMatchObject([
    { status: 'failed', reason: 'connection_disabled', run: null },
    { status: 'skipped', reason: 'earlier_failed', because: 'a' },
  ]);
});

test('the work is done with the rights its initiator has by then', async () => {
  const uid = await bench.admitted([['a'], ['b', 'a']]);
  await bench.advance(uid);
  const { userId } = bench.workspace.members.operator;
  await gate.admin`update members set role = 'viewer' where workspace_id = ${bench.workspace.id} and user_id = ${userId}`;
  await bench.end(uid, 'a');
  expect((await bench.batch(uid)).items[1]).toMatchObject({ status: 'failed', reason: 'capability_missing' });
});

test('a cancel begins nothing more, asks what runs to stop and says which, and its last run ends the batch', async () => {
  const uid = await bench.admitted([['a'], ['b'], ['c', 'a']], { parallelLimit: 2, rollbackEnabled: true });
  await bench.advance(uid);
  const batch = await bench.batch(uid);
  const [a, b] = batch.items.map(({ run }) => run?.id ?? 0);
  await gate.db.inWorkspace(bench.workspace.id, async (tx) => {
    await tx.query.execute(`update runs set status = 'running', started_at = now(), lease_epoch = 1,
      lease_expires_at = now() + interval '1 minute', lease_worker = 'w' where id = ${b}`);
  });
  expect(await bench.cancel(uid)).toEqual({ kind: 'cancelled', stopped: ['c'], stopping: ['a', 'b'] });
  expect(await bench.cancel(uid)).toEqual({ kind: 'already_cancelled' });
  const runs = await gate.admin`select id, status, cancel_requested_at is not null as asked from runs
    where workspace_id = ${bench.workspace.id} order by status`;
  expect([...runs]).toEqual([
    { id: String(a), status: 'cancelled', asked: true },
    { id: String(b), status: 'running', asked: true },
  ]);
  expect(await bench.batch(uid)).toMatchObject({ status: 'working' });
  await gate.admin`update runs set status = 'queued', lease_expires_at = null, lease_worker = null where id = ${Number(b)}`;
  const actor = { kind: 'user', name: 'test' } as const;
  await gate.db.inWorkspace(bench.workspace.id, (tx) => requestCancel(tx, { runId: Number(b), actor }));
  expect(await bench.batch(uid)).toMatchObject({ status: 'aborted', undoRun: null });
  expect(await held()).toEqual([]);
  expect(await bench.cancel(uid)).toEqual({ kind: 'ended' });
});

test('whoever cancelled and died over it is followed by a worker, which asks what still runs', async () => {
  const uid = await bench.admitted([['a'], ['b', 'a']]);
  await bench.advance(uid);
  await gate.admin`update plans set aborted_by = 'gone' where uid = ${uid}`;
  await gate.admin`update plan_items set status = 'aborted', finished_at = now()
    where workspace_id = ${bench.workspace.id} and status = 'waiting'`;
  await bench.advance(uid);
  expect(await bench.batch(uid)).toMatchObject({ status: 'aborted', counts: { cancelled: 2 } });
});

test('a retry is a new batch of what did not succeed, which waits for nothing that stands, and there is one at a time', async () => {
  const uid = await bench.admitted([['a'], ['b', 'a'], ['c', 'b'], ['d', 'c', 'a']]);
  const { operator } = bench.workspace.members;
  const retry = () => retryBatch(gate.db, operator, { uid, idempotency: null, requestId: null });
  expect(await retry()).toMatchObject({ refused: { kind: 'running' } });
  await bench.advance(uid);
  await bench.end(uid, 'a');
  await bench.end(uid, 'b', failure);
  const both = await Promise.all([retry(), retry()]);
  const made = both.flatMap((each) => (each.kind === 'made' ? [each.made] : []));
  expect(made).toHaveLength(1);
  expect(made[0]).toMatchObject({
    parentUid: uid,
    items: [
      { key: 'b', needs: [] },
      { key: 'c', needs: ['b'] },
      { key: 'd', needs: ['c'] },
    ],
  });
  expect(both.find(({ kind }) => kind === 'refused')).toMatchObject({ refused: { by: made[0]?.uid } });
  const again = made[0]?.uid ?? '';
  for (const key of ['b', 'c', 'd']) {
    await bench.advance(again);
    await bench.end(again, key);
  }
  expect(await bench.batch(again)).toMatchObject({ status: 'completed' });
  expect(await retry()).toMatchObject({ refused: { kind: 'retried' } });
});

test('an infra that is named and not there is told of with its operations; several connections are never guessed', async () => {
  const before = await traces();
  const unknown = await bench.create([serverBatch(['a'], 'gone'), ['b']]);
  expect(unknown).toMatchObject({
    refused: { kind: 'problems', problems: [{ code: 'unknown_infra', operations: ['a'], index: 0 }] },
  });
  const aws = { ...serverBatch(['c']), provider: 'aws' };
  expect(await bench.create([aws])).toMatchObject({
    refused: { decided: { decision: { kind: 'blocked', reason: 'provider_connection_missing' } } },
  });
  const settings = { account: 'a', region: 'eu-central-1' };
  for (const _ of [1, 2])
    await makeServerConnection(gate.db, bench.workspace.id, { provider: 'aws', settings });
  await gate.admin`update connections set is_default = false where workspace_id = ${bench.workspace.id} and provider = 'aws'`;
  expect(await bench.create([aws])).toMatchObject({
    refused: { decided: { decision: { kind: 'blocked', reason: 'provider_connection_ambiguous' } } },
  });
  const viewer = await bench.create([['d']], {}, bench.workspace.members.viewer);
  expect(viewer).toMatchObject({ refused: { decided: { decision: { kind: 'forbidden' } } } });
  expect(await traces()).toEqual(before);
});

test('a batch of another workspace is neither seen nor advanced nor in the way', async () => {
  const uid = await bench.admitted([['a']]);
  const other = await makeBatchBench(gate);
  await expect(other.batch(uid)).rejects.toThrow('There is no batch');
  const { id } = await bench.batch(uid);
  await advancePlan(gate.db, { workspaceId: other.workspace.id, planId: id });
  expect(await bench.stands(uid)).toEqual(['a waiting']);
  expect(await other.create([['a']])).toMatchObject({ kind: 'made' });
});

test('a thousand operations, each behind the one before, are admitted and gone through', async () => {
  const length = 1_000;
  const uid = await bench.admitted(
    Array.from({ length }, (_, index) => (index === 0 ? ['n0'] : [`n${index}`, `n${index - 1}`])),
  );
  await bench.advance(uid);
  await bench.end(uid, 'n0', failure);
  expect(await bench.batch(uid)).toMatchObject({
    status: 'failed',
    counts: { failed: 1, skipped: length - 1 },
  });
});
