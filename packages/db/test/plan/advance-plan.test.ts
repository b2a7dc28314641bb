import { setThrottled } from '@signalbox/db/commands/connection/set-throttled';
import { abortPlan } from '@signalbox/db/commands/plan/abort-plan';
import { createBulk } from '@signalbox/db/commands/plan/create-bulk';
import { enqueuePlans } from '@signalbox/db/commands/plan/enqueue-plans';
import { sweepPlans } from '@signalbox/db/commands/plan/sweep-plans';
import { requestCancel } from '@signalbox/db/commands/run/request-cancel';
import { actorOf } from '@signalbox/domain/access/principal';
import { makeTenant } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase } from '../gate/gate-database.ts';
import { makePlanBench, type PlanBench, planOf, said, wish } from './plan-bench.ts';

let gate: GateDatabase;
let bench: PlanBench;

beforeAll(async () => {
  gate = await openGateDatabase();
});
beforeEach(async () => {
  bench = await makePlanBench(gate);
});
afterAll(() => gate.close());

test('replays of one scope are admitted one after the other: the rest wait with cause, holder and since', async () => {
  const { tenant, end, ended, make, advance, items, plan } = bench;
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
  const { tenant, start, end, ended, make, advance } = bench;
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
  const { tenant, start, ended, make, advance, plan } = bench;
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
  const { workspace, ended, make, advance, items } = bench;
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
  const { workspace, tenant, ended, make, advance, items, plan } = bench;
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
  const { workspace, tenant, ended, make, advance, items, plan } = bench;
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
  const { workspace, tenant, ended, make, advance, items } = bench;
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

test('an item that was woken for a free scope and does not take it hands the wake-up on to the next plan', async () => {
  const { workspace, operator, tenant, start, end, ended, make, advance } = bench;
  const runs = await ended(tenant.tenantId, ['a', 'b']);
  const holder = await start(tenant.tenantId, 'holder');
  const first = await make([runs[0] ?? 0]);
  const second = planOf(await createBulk(gate.db, workspace.members.manager, wish([runs[1] ?? 0]))).id;
  await advance(first);
  await advance(second);
  await end(holder);
  await gate.admin`update members set removed_at = now()
    where workspace_id = ${workspace.id} and user_id = ${operator.userId}`;
  await gate.admin`delete from graphile_worker._private_jobs`;
  await advance(first);
  expect(await wokenPlans()).toEqual([`plan:${second}`]);
});

test('an abort hands the wake-up for a free scope on to the next plan', async () => {
  const { workspace, operator, tenant, start, end, ended, make, advance } = bench;
  const runs = await ended(tenant.tenantId, ['a', 'b']);
  const holder = await start(tenant.tenantId, 'holder');
  const [first, second] = [await make([runs[0] ?? 0]), await make([runs[1] ?? 0])];
  await advance(first);
  await advance(second);
  await end(holder);
  await gate.admin`delete from graphile_worker._private_jobs`;
  await gate.db.inWorkspace(workspace.id, (tx) =>
    abortPlan(tx, operator, { planId: first, reason: null, requestId: null }),
  );
  expect(await wokenPlans()).toEqual([`plan:${second}`]);
});

test('an item that begins to wait while its scope is being freed is looked at again within moments', async () => {
  const { workspace, operator, tenant, start, ended, make, advance, items } = bench;
  const runs = await ended(tenant.tenantId, ['a']);
  const holder = await start(tenant.tenantId, 'holder');
  const id = await make(runs);
  await gate.admin`delete from graphile_worker._private_jobs`;
  // The advance decides by a claim that is given up and not committed yet: neither sees the other.
  await gate.db.inWorkspace(workspace.id, async (tx) => {
    await requestCancel(tx, { runId: holder, actor: actorOf(operator) });
    await advance(id);
  });
  expect(said(await items(id))).toEqual([['waiting', 'scope_busy']]);
  const jobs = await gate.admin`
    select key, run_at < now() + interval '5 seconds' as soon from graphile_worker.jobs where key like 'plan:%'`;
  expect([...jobs]).toEqual([{ key: `plan:${id}:later`, soon: true }]);
  await advance(id);
  expect(said(await items(id))).toEqual([['done', 'accepted']]);
});

test('plans whose advance fails again and again do not keep the sweep from the others', async () => {
  const { tenant, start, ended, make, advance } = bench;
  const runs = await ended(tenant.tenantId, ['a']);
  await start(tenant.tenantId, 'holder');
  const id = await make(runs);
  await advance(id);
  await gate.admin`update plans set advanced_at = now() - interval '1 hour' where id = ${id}`;
  await gate.admin`
    insert into plans (workspace_id, uid, kind, action, selection, initiator_user_id, initiator_name, advanced_at)
    select workspace_id, gen_random_uuid(), kind, action, selection, initiator_user_id, initiator_name,
      now() - interval '2 hours'
    from plans, generate_series(1, 250) where id = ${id}`;
  await gate.admin`delete from graphile_worker._private_jobs`;
  await sweepPlans(gate.db, 60_000);
  await sweepPlans(gate.db, 60_000);
  expect(await wokenPlans()).toContain(`plan:${id}`);
});

test('those who wake the same plans at once, named in whatever order, do not stand in each other’s way', async () => {
  const { workspace } = bench;
  const ids = Array.from({ length: 400 }, (_, index) => index + 1);
  const wake = (order: readonly number[]) =>
    gate.db.inWorkspace(workspace.id, (tx) => enqueuePlans(tx, order));
  for (let round = 0; round < 5; round++) {
    await Promise.all(Array.from({ length: 8 }, (_, at) => wake(at % 2 === 0 ? ids : ids.toReversed())));
  }
  const jobs =
    await gate.admin`select count(*)::int as waiting from graphile_worker.jobs where key like 'plan:%'`;
  expect(jobs[0]?.waiting).toBeGreaterThanOrEqual(400);
});

async function wokenPlans(): Promise<string[]> {
  const jobs = await gate.admin<{ key: string }[]>`
    select key from graphile_worker.jobs where key like 'plan:%' and key not like '%:later'`;
  return jobs.map(({ key }) => key);
}
