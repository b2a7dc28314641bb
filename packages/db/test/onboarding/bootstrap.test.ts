import type { Database } from '@signalbox/db/client/database';
import { setThrottled } from '@signalbox/db/commands/connection/set-throttled';
import { abortBootstrap } from '@signalbox/db/commands/onboarding/abort-bootstrap';
import { advancePlan } from '@signalbox/db/commands/plan/advance-plan';
import { sweepPlans } from '@signalbox/db/commands/plan/sweep-plans';
import { claimRuns } from '@signalbox/db/commands/run/claim-runs';
import { forceCancel } from '@signalbox/db/commands/run/force-cancel';
import { attentionFacts } from '@signalbox/db/queries/overview/overview-attention';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase } from '../gate/gate-database.ts';
import { allWork, type BootstrapBench, makeBootstrapBench } from './bootstrap-bench.ts';

let gate: GateDatabase;
let bench: BootstrapBench;

beforeAll(async () => {
  gate = await openGateDatabase();
});
beforeEach(async () => {
  bench = await makeBootstrapBench(gate);
});
afterAll(() => gate.close());

const failed = {
  kind: 'failed',
  error: { code: 'provider_unavailable', message: 'The provider did not answer.' },
} as const;

/** Audit entries of the workspace about its bootstraps and onboardings. */
const audited = async () =>
  (
    await gate.admin<{ action: string }[]>`
      select action, actor_kind, object_kind, details from audit_entries
      where workspace_id = ${bench.workspace.id} and (action like 'bootstrap.%' or action = 'onboarding.completed') order by id`
  ).map((row) => ({ ...row }));

test('one operation is under way at a time, in order, and the last one completes the onboarding in its own commit', async () => {
  const planId = await bench.accepted();
  expect(await bench.statuses()).toEqual(['admitted', 'waiting', 'waiting', 'waiting']);
  expect(await bench.session()).toMatchObject({
    plan_id: String(planId),
    locked_by_name: bench.operator.username,
  });
  // Nobody needs to wait for the first run: looking again changes nothing.
  await bench.advance();
  expect(await bench.statuses()).toEqual(['admitted', 'waiting', 'waiting', 'waiting']);
  for (let done = 1; done < allWork.length; done++) {
    await bench.endNext();
    const expected = allWork.map((_, at) => (at < done ? 'done' : at === done ? 'admitted' : 'waiting'));
    expect(await bench.statuses()).toEqual(expected);
    expect(await bench.session()).toMatchObject({ status: 'in_progress', step: 5 });
  }
  const { items } = await bench.progress();
  expect(items.map(({ operation, run }) => [operation, run?.operation])).toEqual(
    allWork.map(({ operation }) => [operation, operation]),
  );
  // The end of the run alone, without any advance.
  await bench.end(items[3]?.run?.id ?? 0);
  expect(await bench.progress()).toMatchObject({ status: 'completed' });
  expect(await bench.session()).toMatchObject({ status: 'completed', locked_by_name: null });
  const [times] = await gate.admin`
    select p.finished_at = s.finished_at as together from plans p join onboarding_sessions s on s.plan_id = p.id
    where p.id = ${planId}`;
  expect(times).toEqual({ together: true });
  expect(await audited()).toMatchObject([
    { action: 'bootstrap.started', actor_kind: 'user', details: { bootstrapId: planId } },
    { action: 'onboarding.completed', actor_kind: 'system', details: { bootstrapId: planId } },
  ]);
});

test('whoever asked is told once, of the run with which the bootstrap ended', async () => {
  await bench.accepted();
  for (const _ of allWork) await bench.endNext();
  const last = (await bench.progress()).items[3]?.run?.id;
  const told =
    await gate.admin`select user_id, run_id from notifications where workspace_id = ${bench.workspace.id}`;
  expect([...told]).toEqual([{ user_id: String(bench.operator.userId), run_id: String(last) }]);
});

test.each([
  { how: 'fails', result: failed, counts: undefined, reason: 'provider_unavailable' },
  // A run with gaps is no ground for what follows.
  {
    how: 'ends partial',
    result: { kind: 'done' } as const,
    counts: { total: 2, succeeded: 1, failed: 1, skipped: 0 },
    reason: 'items_failed',
  },
])(
  'a run that $how stops what stands behind it, and names itself as the cause',
  async ({ result, counts, reason }) => {
    await bench.accepted();
    await bench.endNext();
    await bench.endNext(result, counts);
    const { status, items } = await bench.progress();
    expect(status).toBe('failed');
    const run = items[1]?.run?.id;
    expect(items[1]).toMatchObject({ status: 'failed', reason });
    for (const item of items.slice(2)) {
      expect(item).toMatchObject({ status: 'skipped', reason: 'earlier_failed', run: null });
      expect(item.message).toBe(`Not started, since Sync role definitions (run ${run}) did not succeed.`);
    }
    expect(await bench.session()).toMatchObject({ status: 'in_progress', step: 5 });
    expect((await audited()).at(-1)).toMatchObject({
      action: 'bootstrap.failed',
      details: { operation: 'directory.role_definitions.sync', reason, runId: run },
    });
    // What is left may be asked for again, and its success completes the onboarding.
    await bench.accepted({ operations: [allWork[1] ?? allWork[0], ...allWork.slice(2)] });
    for (let left = 0; left < 3; left++) await bench.endNext();
    expect(await bench.session()).toMatchObject({ status: 'completed' });
  },
);

test('a run that is cancelled stops what stands behind it: before a worker took it, and over the head of one', async () => {
  await bench.accepted();
  const [first] = (await bench.progress()).items;
  await bench.cancel(first?.run?.id ?? 0);
  expect(await bench.statuses()).toEqual(['failed', 'skipped', 'skipped', 'skipped']);
  expect(await bench.progress()).toMatchObject({
    status: 'failed',
    items: [{ reason: 'cancelled' }, {}, {}, {}],
  });

  await bench.accepted();
  const runId = (await bench.progress()).items[0]?.run?.id ?? 0;
  await gate.db.inWorkspace(bench.workspace.id, (tx) =>
    claimRuns(tx, [runId], { worker: 'gone', leaseMs: 5_000 }),
  );
  await bench.cancel(runId);
  await gate.admin`update runs set lease_expires_at = now() - interval '1 hour',
    cancel_requested_at = now() - interval '1 hour' where id = ${runId}`;
  const actor = { kind: 'user', name: 'test' } as const;
  const forced = await gate.db.inWorkspace(bench.workspace.id, (tx) =>
    forceCancel(tx, { runId, actor, reason: 'its worker is gone' }),
  );
  expect(forced.kind).toBe('cancelled');
  expect(await bench.statuses()).toEqual(['failed', 'skipped', 'skipped', 'skipped']);
});

test('an operation whose start is refused stops what stands behind it, with the reason of the gate', async () => {
  await bench.accepted();
  await gate.admin`update connections set consent = 'missing' where id = ${bench.tenant.connectionId}`;
  await bench.endNext();
  const { status, items } = await bench.progress();
  expect(status).toBe('failed');
  expect(items[1]).toMatchObject({
    status: 'failed',
    outcome: 'blocked',
    reason: 'consent_missing',
    run: null,
  });
  expect(items[2]?.message).toBe('Not started, since Sync role definitions was refused.');
});

test.each([
  ['became a viewer', 'capability_missing'],
  ['left the workspace', 'member_removed'],
] as const)(
  'the work is done with the rights of whoever asked: one who %s starts nothing more',
  async (how, reason) => {
    await bench.accepted();
    const { userId } = bench.operator;
    if (how === 'became a viewer')
      await gate.admin`update members set role = 'viewer' where user_id = ${userId}`;
    else await gate.admin`update members set removed_at = now() where user_id = ${userId}`;
    await bench.endNext();
    expect(await bench.statuses()).toEqual(['done', 'failed', 'skipped', 'skipped']);
    expect((await bench.progress()).items[1]).toMatchObject({ reason, run: null });
  },
);

test('an operation whose scope is held by other work waits for it with holder and time, then goes on', async () => {
  await bench.accepted();
  const first = (await bench.progress()).items[0]?.run?.id ?? 0;
  // The other work takes the scope between the end of the first run and the start of the second.
  await bench.end(first);
  const holder = await bench.occupy();
  await bench.advance();
  await bench.advance();
  expect((await bench.progress()).items[1]).toMatchObject({
    status: 'waiting',
    waitCause: 'scope_busy',
    holder: { runId: holder, operation: 'snapshot_capture' },
  });
  // After a while the overview says so, to whoever may see the tenant.
  const stands = async (tenants: 'all' | readonly number[]) =>
    gate.db.inWorkspace(bench.workspace.id, async (tx) => {
      const { bootstraps } = await attentionFacts(tx, { ...bench.operator, tenants });
      return bootstraps;
    });
  expect(await stands('all')).toEqual([]);
  await gate.admin`update plan_items set wait_since = now() - interval '1 hour' where wait_scope is not null`;
  expect(await stands([])).toEqual([]);
  expect(await stands('all')).toMatchObject([
    {
      operation: 'directory.role_definitions.sync',
      tenant: { id: bench.tenant.tenantId },
      why: expect.stringContaining(`Run ${holder} (Capture policies) holds the scope`),
    },
  ]);
  await bench.cancel(holder);
  await bench.advance();
  expect((await bench.progress()).items[1]).toMatchObject({
    status: 'admitted',
    waitCause: null,
    holder: null,
  });
  // Nothing that only waited counts as a refusal.
  const refused = await gate.admin`
    select from audit_entries where workspace_id = ${bench.workspace.id} and action = 'run.start_refused'`;
  expect(refused).toHaveLength(0);
});

test('an operation that is throttled waits until then', async () => {
  await bench.accepted();
  await gate.db.inWorkspace(bench.workspace.id, (tx) => setThrottled(tx, bench.tenant.connectionId, 60_000));
  await bench.endNext();
  const [, second] = (await bench.progress()).items;
  expect(second).toMatchObject({ status: 'waiting', waitCause: 'throttled' });
  expect(second?.waitUntil).not.toBeNull();
  // Until then the gate is not asked again, and a worker is woken at that time.
  const tried = () =>
    gate.admin`select tried_at from plan_items where workspace_id = ${bench.workspace.id} and wait_cause = 'throttled'`;
  const [before] = await tried();
  await gate.admin`delete from graphile_worker._private_jobs where payload ->> 'workspaceId' = ${bench.workspace.id}`;
  await bench.advance();
  expect(await tried()).toEqual([before]);
  const [job] = await gate.admin`
    select run_at > now() + interval '30 seconds' as later from graphile_worker._private_jobs
    where payload ->> 'planId' = ${String((await bench.progress()).id)}`;
  expect(job).toEqual({ later: true });
  await gate.admin`update connections set throttled_until = null where id = ${bench.tenant.connectionId}`;
  await gate.admin`update plan_items set wait_until = now() where workspace_id = ${bench.workspace.id} and status = 'waiting' and wait_until is not null`;
  await bench.advance();
  expect(await bench.statuses()).toEqual(['done', 'admitted', 'waiting', 'waiting']);
});

test('what a worker left behind between the end of a run and the next start is found by the sweeper', async () => {
  const planId = await bench.accepted();
  await bench.end((await bench.progress()).items[0]?.run?.id ?? 0);
  expect(await bench.statuses()).toEqual(['done', 'waiting', 'waiting', 'waiting']);
  // The job is lost with the worker.
  await gate.admin`delete from graphile_worker._private_jobs where payload ->> 'workspaceId' = ${bench.workspace.id}`;
  await gate.admin`update plans set advanced_at = now() - interval '1 hour' where id = ${planId}`;
  const swept = await sweepPlans(gate.db, 1_000);
  expect(swept.failures).toEqual([]);
  const jobs = await gate.admin`
    select from graphile_worker._private_jobs
    where payload ->> 'workspaceId' = ${bench.workspace.id} and payload ->> 'planId' = ${String(planId)}`;
  expect(jobs).toHaveLength(1);
});

test('any number of advances at once start an operation once', async () => {
  await bench.accepted();
  await bench.end((await bench.progress()).items[0]?.run?.id ?? 0);
  await Promise.all(Array.from({ length: 5 }, () => bench.advance()));
  expect(await bench.statuses()).toEqual(['done', 'admitted', 'waiting', 'waiting']);
  expect(await gate.admin`select from runs where workspace_id = ${bench.workspace.id}`).toHaveLength(2);
});

test('an abort stops what waits; the run that is under way goes on, and then the bootstrap is over', async () => {
  const planId = await bench.accepted();
  const abort = () =>
    gate.db.inWorkspace(bench.workspace.id, (tx) =>
      abortBootstrap(tx, bench.operator, { sessionId: bench.sessionId, reason: 'not now', requestId: null }),
    );
  expect(await abort()).toEqual({ kind: 'aborted', operations: 3 });
  expect(await abort()).toEqual({ kind: 'nothing_waits' });
  expect(await bench.progress()).toMatchObject({ status: 'working', abortReason: 'not now' });
  await bench.endNext();
  expect(await bench.statuses()).toEqual(['done', 'aborted', 'aborted', 'aborted']);
  expect(await bench.progress()).toMatchObject({ status: 'aborted', abortedBy: bench.operator.username });
  expect(await bench.session()).toMatchObject({ status: 'in_progress', step: 5 });
  expect(await audited()).toMatchObject([
    { action: 'bootstrap.started' },
    { action: 'bootstrap.aborted', details: { bootstrapId: planId, operations: 3, reason: 'not now' } },
  ]);
  // One that only waits is over at once.
  await bench.accepted();
  await bench.end((await bench.progress()).items[0]?.run?.id ?? 0);
  const holder = await bench.occupy();
  await bench.advance();
  expect(await abort()).toEqual({ kind: 'aborted', operations: 3 });
  expect(await bench.progress()).toMatchObject({ status: 'aborted' });
  await bench.cancel(holder);
});
test('nothing is started that was aborted while an advance was about to start it', async () => {
  await bench.accepted();
  await bench.end((await bench.progress()).items[0]?.run?.id ?? 0);
  const { id: planId } = await bench.progress();
  const abort = { sessionId: bench.sessionId, reason: null, requestId: null };
  let transactions = 0;
  const meanwhile: Database = {
    ...gate.db,
    inWorkspace: async (workspaceId, work) => {
      transactions += 1;
      // It has seen by now what is due, and has not come to the gate.
      if (transactions === 3)
        await gate.db.inWorkspace(workspaceId, (tx) => abortBootstrap(tx, bench.operator, abort));
      return gate.db.inWorkspace(workspaceId, work);
    },
  };
  await advancePlan(meanwhile, { workspaceId: bench.workspace.id, planId });
  expect(transactions).toBeGreaterThan(3);
  expect(await bench.statuses()).toEqual(['done', 'aborted', 'aborted', 'aborted']);
  expect(await gate.admin`select from runs where workspace_id = ${bench.workspace.id}`).toHaveLength(1);
});
