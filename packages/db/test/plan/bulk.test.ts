import { setThrottled } from '@signalbox/db/commands/connection/set-throttled';
import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import { abortPlan } from '@signalbox/db/commands/plan/abort-plan';
import { advancePlan } from '@signalbox/db/commands/plan/advance-plan';
import { type BulkWish, type CreatedBulk, createBulk } from '@signalbox/db/commands/plan/create-bulk';
import { sweepPlans } from '@signalbox/db/commands/plan/sweep-plans';
import { requestCancel } from '@signalbox/db/commands/run/request-cancel';
import { listPlanItems, type PlanItemRecord } from '@signalbox/db/queries/plan/plan-items';
import { getPlan, listPlans, type PlanRecord } from '@signalbox/db/queries/plan/plans';
import type { Principal } from '@signalbox/domain/access/principal';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import {
  makeTenant,
  makeWorkspace,
  type TestTenant,
  type TestWorkspace,
} from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase, runIdOf } from '../gate/gate-database.ts';

let gate: GateDatabase;
let workspace: TestWorkspace;
let operator: Principal;
let tenant: TestTenant;

beforeAll(async () => {
  gate = await openGateDatabase();
});
beforeEach(async () => {
  workspace = await makeWorkspace(gate.db);
  operator = workspace.members.operator;
  tenant = await makeTenant(gate.db, workspace.id);
});
afterAll(() => gate.close());

/** A run of a kind of its own, so that no two are the same work. */
async function start(tenantId: number, policy = 'a'): Promise<number> {
  const request = startRequest(
    operator,
    { operation: 'snapshot_capture', tenantId },
    { input: { policyIds: [policy] } },
  );
  return runIdOf((await startRuns(gate.db, workspace.id, [request]))[0]);
}

/** Ends a run and frees its scope as a worker would, by a cancel before it began. */
async function end(runId: number): Promise<void> {
  await gate.db.inWorkspace(workspace.id, (tx) =>
    requestCancel(tx, { runId, actor: { kind: 'user', name: 'test' } }),
  );
}

/** Runs that have ended, in the order given. */
async function ended(tenantId: number, policies: readonly string[]): Promise<number[]> {
  const ids: number[] = [];
  for (const policy of policies) {
    const id = await start(tenantId, policy);
    await end(id);
    ids.push(id);
  }
  return ids;
}

function wish(runIds: readonly number[], more: Partial<BulkWish> = {}): BulkWish {
  return {
    action: 'replay',
    selection: { kind: 'ids', runIds },
    asked: { runIds: [...runIds] },
    reason: null,
    idempotency: null,
    requestId: null,
    ...more,
  };
}

function planOf(created: CreatedBulk): PlanRecord {
  if (created.kind !== 'created') throw new Error(`Not created: ${created.kind}`);
  return created.plan;
}

async function make(runIds: readonly number[], more: Partial<BulkWish> = {}): Promise<number> {
  return planOf(await createBulk(gate.db, operator, wish(runIds, more))).id;
}

const advance = (planId: number) => advancePlan(gate.db, { workspaceId: workspace.id, planId });

async function items(planId: number): Promise<PlanItemRecord[]> {
  return gate.db.inWorkspace(workspace.id, (tx) =>
    listPlanItems(tx, operator, { planId, filter: {}, after: 0, limit: 2_000 }),
  );
}

async function plan(planId: number): Promise<PlanRecord> {
  const found = await gate.db.inWorkspace(workspace.id, (tx) => getPlan(tx, operator, planId));
  if (found === null) throw new Error(`No plan ${planId}`);
  return found;
}

const said = (list: readonly PlanItemRecord[]) => list.map(({ status, outcome }) => [status, outcome ?? '-']);

test('replays of one scope are admitted one after the other: the rest wait with cause, holder and since', async () => {
  const runs = await ended(tenant.tenantId, ['a', 'b', 'c']);
  const id = await make(runs);
  await advance(id);
  const first = await items(id);
  expect(said(first)).toEqual([
    ['done', 'accepted'],
    ['waiting', 'scope_busy'],
    ['waiting', 'scope_busy'],
  ]);
  expect(first[1]).toMatchObject({ waitCause: 'scope_busy', holder: { runId: first[0]?.run?.id } });
  expect(first[1]?.waitSince).toBeInstanceOf(Date);
  expect(await plan(id)).toMatchObject({ status: 'working', outcomes: { accepted: 1, scope_busy: 2 } });

  await end(first[0]?.run?.id ?? 0);
  await advance(id);
  expect(said(await items(id))).toEqual([
    ['done', 'accepted'],
    ['done', 'accepted'],
    ['waiting', 'scope_busy'],
  ]);
});

test('the end of a run wakes the plan of the item that has waited longest for its scope, and only that one', async () => {
  const runs = await ended(tenant.tenantId, ['a', 'b', 'c']);
  const holder = await start(tenant.tenantId, 'holder');
  const [first, second] = [await make([runs[0] ?? 0]), await make([runs[1] ?? 0])];
  await advance(first);
  await advance(second);
  await gate.admin`delete from graphile_worker._private_jobs`;
  await end(holder);
  const jobs = await gate.admin<{ key: string; task: string }[]>`
    select key, task_identifier as task from graphile_worker.jobs where key like 'plan:%'`;
  expect([...jobs]).toEqual([{ key: `plan:${first}`, task: 'advance_plan' }]);
});

test('a plan that nobody has looked at is woken by the sweep, and an ended one is left alone', async () => {
  const runs = await ended(tenant.tenantId, ['a', 'b']);
  await start(tenant.tenantId, 'holder');
  const waits = await make([runs[0] ?? 0]);
  await advance(waits);
  const ends = await make([runs[1] ?? 0], { action: 'retry_failed_items' });
  await advance(ends);
  expect(await plan(ends)).toMatchObject({ status: 'completed' });
  await gate.admin`delete from graphile_worker._private_jobs`;
  await sweepPlans(gate.db, 60_000);
  expect(await gate.admin`select 1 from graphile_worker.jobs where key like 'plan:%'`).toHaveLength(0);
  await gate.admin`update plans set advanced_at = now() - interval '1 hour' where id in ${gate.admin([waits, ends])}`;
  expect(await sweepPlans(gate.db, 60_000)).toEqual({ woken: 1, failures: [] });
  const jobs = await gate.admin`select key from graphile_worker.jobs where key like 'plan:%'`;
  expect([...jobs]).toEqual([{ key: `plan:${waits}` }]);
});

test('advances that run at once start each item once, and leave every run linked to one item', async () => {
  const tenants = await Promise.all(Array.from({ length: 8 }, () => makeTenant(gate.db, workspace.id)));
  const runs: number[] = [];
  for (const { tenantId } of tenants) runs.push(...(await ended(tenantId, ['a', 'b'])));
  const id = await make(runs);
  await Promise.allSettled(Array.from({ length: 6 }, () => advance(id)));
  await advance(id);
  const list = await items(id);
  expect(list.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(8);
  expect(list.filter(({ status }) => status === 'waiting')).toHaveLength(8);
  const made = await gate.admin<{ id: number }[]>`
    select id::int from runs where workspace_id = ${workspace.id} and link_kind = 'replay' order by id`;
  const linked = list.flatMap(({ run }) => (run === null ? [] : [run.id])).sort((a, b) => a - b);
  expect(linked).toEqual(made.map((row) => row.id));
});

test('an advance that dies between the admission and the link leaves neither, and the next one starts the run once', async () => {
  const runs = await ended(tenant.tenantId, ['a']);
  const id = await make(runs);
  // The link is the last thing the transaction writes; here it cannot be written.
  await gate.admin.unsafe(`
    create function refuse_link() returns trigger language plpgsql as $$ begin raise exception 'died here'; end $$;
    create trigger refuse_link before update on plan_items for each row when (new.outcome = 'accepted')
      execute function refuse_link()`);
  try {
    await expect(advance(id)).rejects.toThrow();
    const [made] =
      await gate.admin`select count(*)::int as runs from runs where parent_run_id = ${runs[0] ?? 0}`;
    expect(made).toEqual({ runs: 0 });
    const [held] =
      await gate.admin`select count(*)::int as claims from scope_claims where workspace_id = ${workspace.id}`;
    expect(held).toEqual({ claims: 0 });
    expect(said(await items(id))).toEqual([['waiting', '-']]);
  } finally {
    await gate.admin.unsafe('drop trigger refuse_link on plan_items; drop function refuse_link()');
  }
  await advance(id);
  await advance(id);
  expect(said(await items(id))).toEqual([['done', 'accepted']]);
  expect(await gate.admin`select id from runs where parent_run_id = ${runs[0] ?? 0}`).toHaveLength(1);
  expect(await plan(id)).toMatchObject({ status: 'completed', counts: { done: 1 } });
});

test('equal work is done by the run that is active, and a refusal that needs a person fails its item with the reason', async () => {
  const [first] = await ended(tenant.tenantId, ['a']);
  const [twin] = await ended(tenant.tenantId, ['a']);
  const other = await makeTenant(gate.db, workspace.id);
  const [blocked] = await ended(other.tenantId, ['a']);
  await gate.admin`update connections set enabled = false where id = ${other.connectionId}`;
  const id = await make([first ?? 0, twin ?? 0, blocked ?? 0]);
  await advance(id);
  const list = await items(id);
  expect(said(list)).toEqual([
    ['done', 'accepted'],
    ['done', 'deduped'],
    ['failed', 'blocked'],
  ]);
  expect(list[1]?.run?.id).toBe(list[0]?.run?.id);
  expect(list[2]).toMatchObject({
    reason: 'connection_disabled',
    message: 'The provider connection is disabled.',
    connectionId: other.connectionId,
  });
  expect(await plan(id)).toMatchObject({ status: 'completed', counts: { done: 2, failed: 1, waiting: 0 } });
});

test('a throttle makes an item wait for its end and is woken then; a wait is not kept as a refusal', async () => {
  const runs = await ended(tenant.tenantId, ['a']);
  await gate.db.inWorkspace(workspace.id, (tx) => setThrottled(tx, tenant.connectionId, 600_000));
  const id = await make(runs);
  await advance(id);
  const [item] = await items(id);
  expect(item).toMatchObject({
    status: 'waiting',
    outcome: 'blocked',
    waitCause: 'throttled',
    reason: 'throttled',
  });
  expect(item?.waitUntil?.getTime()).toBeGreaterThan(Date.now());
  const [later] = await gate.admin<{ key: string; late: boolean }[]>`
    select key, run_at > now() + interval '5 minutes' as late from graphile_worker.jobs where key = ${`plan:${id}:later`}`;
  expect(later).toEqual({ key: `plan:${id}:later`, late: true });
  expect(
    await gate.admin`select 1 from audit_entries where workspace_id = ${workspace.id} and action = 'run.start_refused'`,
  ).toHaveLength(0);
  await gate.admin`update connections set throttled_until = now() - interval '1 second' where id = ${tenant.connectionId}`;
  await advance(id);
  expect(said(await items(id))).toEqual([['waiting', 'blocked']]);
  await gate.admin`update plan_items set wait_until = now() where plan_id = ${id}`;
  await advance(id);
  expect(said(await items(id))).toEqual([['done', 'accepted']]);
});

test('runs the action does not apply to when their turn comes are skipped with the sentence that says why', async () => {
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

test('a member who became a viewer, or lost the tenant, starts nothing more', async () => {
  const runs = await ended(tenant.tenantId, ['a', 'b']);
  const [lost, viewing] = [await make([runs[0] ?? 0]), await make([runs[1] ?? 0])];
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
});

test('a selection of none, of an unknown run or of more than a thousand makes nothing', async () => {
  const runs = await ended(tenant.tenantId, ['a']);
  const kinds = async (more: Partial<BulkWish>) =>
    (await createBulk(gate.db, operator, wish(runs, more))).kind;
  const filtered = (tag: string) => ({ selection: { kind: 'filter', filter: { tag } } as const });
  expect(await kinds(filtered('nobody'))).toBe('empty');
  expect(await kinds({ selection: { kind: 'ids', runIds: [...runs, 2_000_000_000] } })).toBe('unknown_run');
  await gate.admin`
    insert into runs (workspace_id, uid, operation, tenant_id, status, input, event_seq, initiator_kind, initiator_name,
      codename, tags, finished_at)
    select ${workspace.id}, gen_random_uuid(), 'snapshot_capture', ${tenant.tenantId}, 'failed', '{}', 0, 'user', 'x', 'x',
      array['many'], now()
    from generate_series(1, 1001)`;
  expect(await kinds(filtered('many'))).toBe('too_many');
  expect(await gate.admin`select 1 from plans where workspace_id = ${workspace.id}`).toHaveLength(0);
  await gate.admin`update runs set tags = '{}' where workspace_id = ${workspace.id} and id = (select max(id) from runs)`;
  expect(await kinds(filtered('many'))).toBe('created');
});

test('the same key and body make one bulk action with one answer; another body is refused', async () => {
  const runs = await ended(tenant.tenantId, ['a', 'b']);
  const keyed = (bodyHash: string) => ({ idempotency: { route: 'createBulkAction', key: 'k', bodyHash } });
  const twins = await Promise.all(
    Array.from({ length: 5 }, () => createBulk(gate.db, operator, wish(runs, keyed('h')))),
  );
  expect(new Set(twins.map((twin) => planOf(twin).id)).size).toBe(1);
  const first = planOf(twins[0] as CreatedBulk);
  await advance(first.id);
  expect(await createBulk(gate.db, operator, wish(runs, keyed('h')))).toEqual({
    kind: 'created',
    plan: first,
  });
  expect(await createBulk(gate.db, operator, wish(runs, keyed('other')))).toEqual({ kind: 'key_reused' });
  expect(await gate.admin`select 1 from plans where workspace_id = ${workspace.id}`).toHaveLength(1);
});

test('a member sees only the items of their tenants, counts included, and no bulk action without any', async () => {
  const other = await makeTenant(gate.db, workspace.id);
  const [mine] = await ended(tenant.tenantId, ['a']);
  const [theirs] = await ended(other.tenantId, ['a']);
  const both = await make([mine ?? 0, theirs ?? 0]);
  const hidden = await make([theirs ?? 0]);
  const narrow: Principal = { ...operator, tenants: [tenant.tenantId] };
  await gate.db.inWorkspace(workspace.id, async (tx) => {
    expect(await getPlan(tx, narrow, hidden)).toBeNull();
    expect(await getPlan(tx, narrow, both)).toMatchObject({ counts: { waiting: 1 } });
    const listed = await listPlanItems(tx, narrow, { planId: both, filter: {}, after: 0, limit: 10 });
    expect(listed.map(({ source }) => source.id)).toEqual([mine]);
    expect((await listPlans(tx, narrow, { cursor: null, limit: 10 })).map(({ id }) => id)).toEqual([both]);
  });
});
