import { changeResource } from '@signalbox/db/commands/provisioning/change-resource';
import { retryBatch } from '@signalbox/db/commands/provisioning/retry-batch';
import { requestCancel } from '@signalbox/db/commands/run/request-cancel';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase } from '../gate/gate-database.ts';
import { finishRun, takeRun } from '../onboarding/bootstrap-bench.ts';
import { type BatchBench, failure, makeBatchBench } from './batch-bench.ts';

let gate: GateDatabase;
let bench: BatchBench;

beforeAll(async () => {
  gate = await openGateDatabase();
});
beforeEach(async () => {
  bench = await makeBatchBench(gate);
});
afterAll(() => gate.close());

const runOf = async (uid: string, key: string): Promise<number> => {
  const run = (await bench.batch(uid)).items.find((item) => item.key === key)?.run;
  if (!run) throw new Error(`${key} has no run.`);
  return run.id;
};

/** Notes that an operation has made a server. */
async function makes(uid: string, key: string, name: string): Promise<void> {
  const runId = await runOf(uid, key);
  await gate.db.inWorkspace(bench.workspace.id, (tx) =>
    changeResource(tx, runId, {
      ...{ infra: 'demo', kind: 'server', name, provider: 'local' },
      ...{ connectionId: bench.connectionId, externalId: name, state: { plan: 'small', zone: 'local' } },
    }),
  );
}

/** A batch of which `a` has made a server, `b` has made one and failed over another, and `c` was left out. */
async function failed(): Promise<string> {
  const uid = await bench.admitted([['a'], ['b', 'a'], ['c', 'b']], { rollbackEnabled: true });
  await bench.advance(uid);
  await makes(uid, 'a', 'web-a');
  await bench.end(uid, 'a');
  await makes(uid, 'b', 'web-b');
  await bench.end(uid, 'b', failure);
  return uid;
}

const claims = async () =>
  (await gate.admin`select from scope_claims where workspace_id = ${bench.workspace.id}`).length;

test('what a failed batch has done is undone by one run, also what was done before the failure, and then it has failed', async () => {
  const uid = await failed();
  // Advances that come again begin no second one.
  await Promise.all([bench.advance(uid), bench.advance(uid)]);
  const { status, undoRun } = await bench.batch(uid);
  expect([status, undoRun?.status]).toEqual(['working', 'queued']);
  const undoing = await gate.admin`select id, input from runs
    where workspace_id = ${bench.workspace.id} and operation = 'provisioning_rollback'`;
  expect(undoing).toHaveLength(1);
  expect(undoing[0]?.input).toMatchObject({ changes: [2, 1], infras: ['demo'] });
  // The infra and the connection are held until all is over, and by the batch alone.
  expect(await claims()).toBe(2);
  expect(await bench.cancel(uid)).toEqual({ kind: 'being_undone' });
  const runId = undoRun?.id ?? 0;
  await gate.db.inWorkspace(bench.workspace.id, async (tx) => {
    await tx.query.execute(`update resource_changes set undone_by_run_id = ${runId} where seq = 2`);
    await finishRun(tx, await takeRun(tx, runId));
  });
  const batch = await bench.batch(uid);
  expect(batch).toMatchObject({ status: 'failed', undoRun: { status: 'succeeded' }, undoProblem: null });
  expect(batch.items.map(({ changes }) => changes)).toEqual([
    { total: 1, undone: 0 },
    { total: 1, undone: 1 },
    { total: 0, undone: 0 },
  ]);
  expect(await claims()).toBe(0);
  const events = await gate.admin`select e.kind, e.data from plan_events e join plans p on p.id = e.plan_id
    where p.uid = ${uid} order by e.seq`;
  expect(events.slice(-3)).toMatchObject([
    { kind: 'undoing', data: { state: 'begun' } },
    { kind: 'undoing', data: { state: 'succeeded' } },
    { kind: 'state', data: { to: 'failed' } },
  ]);
  const told = await gate.admin`select run_id from notifications where workspace_id = ${bench.workspace.id}`;
  expect([...told]).toEqual([{ run_id: String(runId) }]);
});

test('what was undone is tried again with what failed', async () => {
  const uid = await failed();
  const runId = (await bench.batch(uid)).undoRun?.id ?? 0;
  await gate.db.inWorkspace(bench.workspace.id, async (tx) => {
    await tx.query.execute(`update resource_changes set undone_by_run_id = ${runId}`);
    await finishRun(tx, await takeRun(tx, runId));
  });
  const { operator } = bench.workspace.members;
  const again = await retryBatch(gate.db, operator, { uid, idempotency: null, requestId: null });
  expect(again).toMatchObject({
    made: {
      items: [
        { key: 'a', needs: [] },
        { key: 'b', needs: ['a'] },
        { key: 'c', needs: ['b'] },
      ],
    },
  });
});

test('an undoing that does not succeed is told and ends the batch all the same', async () => {
  const uid = await failed();
  const runId = (await bench.batch(uid)).undoRun?.id ?? 0;
  const actor = { kind: 'user', name: 'test' } as const;
  await gate.db.inWorkspace(bench.workspace.id, (tx) => requestCancel(tx, { runId, actor }));
  expect(await bench.batch(uid)).toMatchObject({ status: 'failed', undoRun: { status: 'cancelled' } });
  expect(await claims()).toBe(0);
});

test('with nothing to undo a batch ends at once, and where its initiator may not undo it says so', async () => {
  const uid = await bench.admitted([['a']], { rollbackEnabled: true });
  await bench.advance(uid);
  await bench.end(uid, 'a', failure);
  expect(await bench.batch(uid)).toMatchObject({ status: 'failed', undoRun: null, undoProblem: null });
  const other = await bench.admitted([['a'], ['b', 'a']], { rollbackEnabled: true });
  await bench.advance(other);
  await makes(other, 'a', 'web-a');
  const { userId } = bench.workspace.members.operator;
  await gate.admin`update members set role = 'viewer' where workspace_id = ${bench.workspace.id} and user_id = ${userId}`;
  await bench.end(other, 'a');
  expect(await bench.batch(other)).toMatchObject({
    ...{ status: 'failed', undoRun: null },
    undoProblem: 'Whoever asked for this no longer holds a capability that it needs.',
  });
  expect(await claims()).toBe(0);
});

test('what happens in other infras meanwhile, however much, is not in the way', async () => {
  const other = await bench.admitted([['x']], { name: 'elsewhere' });
  await bench.advance(other);
  await bench.end(other, 'x');
  const runId = await runOf(other, 'x');
  const uid = await bench.admitted([['a'], ['b', 'a']], { rollbackEnabled: true });
  await bench.advance(uid);
  await makes(uid, 'a', 'web-a');
  await gate.admin`
    with other as (
      insert into infras (workspace_id, name, created_by) values (${bench.workspace.id}, 'other', 'somebody') returning id
    ), made as (
      insert into resources (workspace_id, infra_id, kind, name, provider, connection_id, state)
      select ${bench.workspace.id}, id, 'server', 'busy', 'local', ${bench.connectionId}, '{}' from other returning id
    )
    insert into resource_changes (workspace_id, seq, resource_id, run_id, action, before, after)
    select ${bench.workspace.id}, 10 + n, made.id, ${runId}, 'update', '{}', '{}' from made, generate_series(1, 6000) as n`;
  await bench.end(uid, 'a');
  await bench.end(uid, 'b', failure);
  await bench.advance(uid);
  const { undoRun, undoProblem } = await bench.batch(uid);
  expect([undoRun?.status, undoProblem]).toEqual(['queued', null]);
});
