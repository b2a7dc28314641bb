import { abortPlan } from '@signalbox/db/commands/plan/abort-plan';
import { getPlan } from '@signalbox/db/queries/plan/plans';
import type { Principal } from '@signalbox/domain/access/principal';
import { makeTenant } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase } from '../gate/gate-database.ts';
import { makePlanBench, type PlanBench } from './plan-bench.ts';

let gate: GateDatabase;
let bench: PlanBench;

beforeAll(async () => {
  gate = await openGateDatabase();
});
beforeEach(async () => {
  bench = await makePlanBench(gate);
});
afterAll(() => gate.close());

test('runs the action does not apply to when their turn comes are skipped with the sentence that says why', async () => {
  const { operator, tenant, start, ended, make, advance, items } = bench;
  const [gone] = await ended(tenant.tenantId, ['a']);
  const active = await start(tenant.tenantId, 'b');
  const id = await make([gone ?? 0, active], { action: 'cancel', reason: 'moving' });
  await advance(id);
  const list = await items(id);
  expect(list.map(({ status, message }) => [status, message])).toEqual([
    ['skipped', 'The run has already ended.'],
    ['done', 'The run was cancelled.'],
  ]);
  const [cancelled] =
    await gate.admin`select status, cancel_by, cancel_reason from runs where id = ${active}`;
  expect(cancelled).toEqual({ status: 'cancelled', cancel_by: operator.username, cancel_reason: 'moving' });
  const replay = await make([await start(tenant.tenantId, 'c')]);
  await advance(replay);
  expect((await items(replay))[0]).toMatchObject({
    status: 'skipped',
    message: 'The run has not ended yet.',
  });
});

test('an abort stops what waits and nothing else, once, and says so in the audit', async () => {
  const { workspace, operator, tenant, end, ended, make, advance, items, plan } = bench;
  const runs = await ended(tenant.tenantId, ['a', 'b', 'c']);
  const id = await make(runs);
  await advance(id);
  const abort = () =>
    gate.db.inWorkspace(workspace.id, (tx) =>
      abortPlan(tx, operator, { planId: id, reason: 'enough', requestId: null }),
    );
  expect(await abort()).toEqual({ kind: 'aborted', items: 2 });
  expect(await abort()).toEqual({ kind: 'ended' });
  const list = await items(id);
  expect(list.map(({ status }) => status)).toEqual(['done', 'aborted', 'aborted']);
  await end(list[0]?.run?.id ?? 0);
  await advance(id);
  expect((await items(id)).map(({ status }) => status)).toEqual(['done', 'aborted', 'aborted']);
  expect(await plan(id)).toMatchObject({
    status: 'aborted',
    abortedBy: operator.username,
    abortReason: 'enough',
  });
  const audit = await gate.admin<{ action: string; details: object }[]>`
    select action, details from audit_entries where workspace_id = ${workspace.id} and object_kind = 'bulk_action' order by id`;
  expect([...audit]).toMatchObject([
    { action: 'bulk_action.created', details: { action: 'replay', runs: 3 } },
    { action: 'bulk_action.aborted', details: { items: 2, reason: 'enough' } },
  ]);
});

test('an abort and an advance that meet agree: no run is started for an item that was aborted', async () => {
  const { workspace, operator, ended, make, advance, items } = bench;
  const tenants = await Promise.all(Array.from({ length: 6 }, () => makeTenant(gate.db, workspace.id)));
  const runs: number[] = [];
  for (const { tenantId } of tenants) runs.push(...(await ended(tenantId, ['a'])));
  const id = await make(runs);
  await Promise.allSettled([
    advance(id),
    gate.db.inWorkspace(workspace.id, (tx) =>
      abortPlan(tx, operator, { planId: id, reason: null, requestId: null }),
    ),
    advance(id),
  ]);
  const list = await items(id);
  const made =
    await gate.admin`select id from runs where workspace_id = ${workspace.id} and link_kind = 'replay'`;
  expect(made).toHaveLength(list.filter(({ outcome }) => outcome === 'accepted').length);
  expect(list.filter(({ status, run }) => status === 'aborted' && run !== null)).toEqual([]);
});

test('the work is done with the rights the member has when it is done: a removed one fails what is left', async () => {
  const { workspace, operator, tenant, end, ended, make, advance, items, plan } = bench;
  const runs = await ended(tenant.tenantId, ['a', 'b', 'c']);
  const id = await make(runs);
  await advance(id);
  await gate.admin`update members set removed_at = now() where workspace_id = ${workspace.id} and user_id = ${operator.userId}`;
  const [first] = await items(id);
  await end(first?.run?.id ?? 0);
  await advance(id);
  expect((await items(id)).map(({ status, reason }) => [status, reason])).toEqual([
    ['done', null],
    ['failed', 'member_removed'],
    ['failed', 'member_removed'],
  ]);
  expect(await plan(id)).toMatchObject({ status: 'completed' });
});

test('a member who became a viewer, or lost the tenant, does nothing more', async () => {
  const { workspace, operator, tenant, start, ended, make, advance, items } = bench;
  const runs = await ended(tenant.tenantId, ['a', 'b']);
  const [lost, viewing] = [await make([runs[0] ?? 0]), await make([runs[1] ?? 0])];
  const active = await start(tenant.tenantId, 'c');
  const cancels = await make([active], { action: 'cancel', reason: 'moving' });
  const member = gate.admin`workspace_id = ${workspace.id} and user_id = ${operator.userId}`;
  await gate.admin`update members set all_tenants = false where ${member}`;
  await advance(lost);
  expect((await items(lost))[0]).toMatchObject({
    status: 'failed',
    reason: 'entitlement_missing',
    run: null,
  });
  await gate.admin`update members set all_tenants = true, role = 'viewer' where ${member}`;
  await advance(viewing);
  expect((await items(viewing))[0]).toMatchObject({
    status: 'failed',
    reason: 'capability_missing',
    run: null,
  });
  await advance(cancels);
  expect((await items(cancels))[0]).toMatchObject({ status: 'failed', reason: 'capability_missing' });
  const [kept] = await gate.admin`select status from runs where id = ${active}`;
  expect(kept).toEqual({ status: 'queued' });
});

test('an abort by a member of some tenants stops what they may see; the rest goes on to its end', async () => {
  const { workspace, operator, tenant, ended, make, advance, items, plan } = bench;
  const other = await makeTenant(gate.db, workspace.id);
  const [mine] = await ended(tenant.tenantId, ['a']);
  const [theirs] = await ended(other.tenantId, ['a']);
  const id = await make([mine ?? 0, theirs ?? 0]);
  const narrow: Principal = { ...operator, tenants: [tenant.tenantId] };
  const abort = () =>
    gate.db.inWorkspace(workspace.id, (tx) =>
      abortPlan(tx, narrow, { planId: id, reason: 'ours', requestId: null }),
    );
  const seen = () => gate.db.inWorkspace(workspace.id, (tx) => getPlan(tx, narrow, id));
  expect(await abort()).toEqual({ kind: 'aborted', items: 1 });
  expect((await items(id)).map(({ status }) => status)).toEqual(['aborted', 'waiting']);
  expect(await plan(id)).toMatchObject({ status: 'working', abortedBy: narrow.username });
  expect(await seen()).toMatchObject({ status: 'aborted', counts: { aborted: 1, waiting: 0 } });
  expect(await abort()).toEqual({ kind: 'ended' });
  await advance(id);
  expect((await items(id)).map(({ status }) => status)).toEqual(['aborted', 'done']);
  expect(await plan(id)).toMatchObject({ status: 'aborted', abortReason: 'ours' });
});

test('a bulk action has ended for a member of some tenants when all that they may see of it has', async () => {
  const { workspace, operator, tenant, start, ended, make, advance, plan } = bench;
  const other = await makeTenant(gate.db, workspace.id);
  const [mine] = await ended(tenant.tenantId, ['a']);
  const [theirs] = await ended(other.tenantId, ['a']);
  await start(other.tenantId, 'holder');
  const id = await make([mine ?? 0, theirs ?? 0]);
  await advance(id);
  const narrow: Principal = { ...operator, tenants: [tenant.tenantId] };
  expect(await plan(id)).toMatchObject({ status: 'working' });
  expect(await gate.db.inWorkspace(workspace.id, (tx) => getPlan(tx, narrow, id))).toMatchObject({
    status: 'completed',
    counts: { done: 1, waiting: 0 },
  });
});
