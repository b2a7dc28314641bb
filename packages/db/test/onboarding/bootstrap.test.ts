import { setThrottled } from '@signalbox/db/commands/connection/set-throttled';
import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import { abortBootstrap } from '@signalbox/db/commands/onboarding/abort-bootstrap';
import { sweepPlans } from '@signalbox/db/commands/plan/sweep-plans';
import { claimRuns } from '@signalbox/db/commands/run/claim-runs';
import { forceCancel } from '@signalbox/db/commands/run/force-cancel';
import { attentionFacts } from '@signalbox/db/queries/overview/overview-attention';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase, runIdOf } from '../gate/gate-database.ts';
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

test('a refused first operation leaves nothing behind but the refusal', async () => {
  const holder = await bench.occupy();
  expect(await bench.start()).toMatchObject({
    kind: 'answered',
    result: { kind: 'decided', verdict: { kind: 'scope_busy', holder: { runId: holder } } },
    bootstrap: null,
  });
  await bench.cancel(holder);
  await gate.admin`update connections set consent = 'missing' where id = ${bench.tenant.connectionId}`;
  expect(await bench.start()).toMatchObject({
    result: { verdict: { kind: 'blocked', reason: 'consent_missing' } },
    bootstrap: null,
  });
  expect(await gate.admin`select from plans where workspace_id = ${bench.workspace.id}`).toHaveLength(0);
  expect(await bench.session()).toMatchObject({ plan_id: null, locked_by_name: null });
  expect(await audited()).toEqual([]);
  const refused = await gate.admin`
    select from audit_entries where workspace_id = ${bench.workspace.id} and action = 'run.start_refused'`;
  expect(refused).toHaveLength(2);
});

test('a first operation that is already active is joined, and its end goes on with the rest', async () => {
  const what = { operation: 'directory.groups.sync', tenantId: bench.tenant.tenantId } as const;
  const wish = { connectionId: bench.tenant.connectionId, input: allWork[0].input };
  const active = runIdOf(
    (await startRuns(gate.db, bench.workspace.id, [startRequest(bench.operator, what, wish)]))[0],
  );
  const started = await bench.start();
  expect(started).toMatchObject({
    result: { verdict: { kind: 'deduped' } },
    bootstrap: { status: 'working' },
  });
  expect((await bench.progress()).items[0]).toMatchObject({
    status: 'admitted',
    outcome: 'deduped',
    run: { id: active },
  });
  await bench.end(active);
  await bench.advance();
  expect(await bench.statuses()).toEqual(['done', 'admitted', 'waiting', 'waiting']);
});

test('a bootstrap that joins a run while it ends never waits for an end that has passed', async () => {
  for (let round = 0; round < 4; round++) {
    bench = await makeBootstrapBench(gate);
    const what = { operation: 'directory.groups.sync', tenantId: bench.tenant.tenantId } as const;
    const wish = { connectionId: bench.tenant.connectionId, input: allWork[0].input };
    const request = startRequest(bench.operator, what, wish);
    const active = runIdOf((await startRuns(gate.db, bench.workspace.id, [request]))[0]);
    await Promise.all([bench.start(), bench.cancel(active)]);
    const { items } = await bench.progress();
    const ended = items[0]?.run?.finishedAt !== null;
    expect(items[0]?.status).toBe(ended ? 'failed' : 'admitted');
  }
});

test('of bootstraps asked for at once one is made: the same is joined, another is refused', async () => {
  const reversed = [...allWork].reverse() as unknown as typeof allWork;
  const answers = await Promise.all([
    ...Array.from({ length: 4 }, () => bench.start()),
    ...Array.from({ length: 2 }, () => bench.start({ operations: reversed })),
  ]);
  const plans = await gate.admin`select selection from plans where workspace_id = ${bench.workspace.id}`;
  expect(plans).toHaveLength(1);
  const runs = await gate.admin`select from runs where workspace_id = ${bench.workspace.id}`;
  expect(runs).toHaveLength(1);
  expect(answers.filter(({ kind }) => kind === 'answered')).toHaveLength(1);
  const others = answers.filter(({ kind }) => kind !== 'answered');
  for (const answer of others) {
    if (answer.kind === 'refused') expect(answer.obstacle.reason).toBe('bootstrap_under_way');
    else expect(answer).toMatchObject({ kind: 'joined', bootstrap: { items: { length: 4 } } });
  }
  expect(new Set(others.map(({ kind }) => kind)).size).toBe(2);
});

test('any number of advances at once start an operation once', async () => {
  await bench.accepted();
  await bench.end((await bench.progress()).items[0]?.run?.id ?? 0);
  await Promise.all(Array.from({ length: 5 }, () => bench.advance()));
  expect(await bench.statuses()).toEqual(['done', 'admitted', 'waiting', 'waiting']);
  expect(await gate.admin`select from runs where workspace_id = ${bench.workspace.id}`).toHaveLength(2);
});

test('the same Idempotency-Key gets the first answer again, also after the bootstrap has ended', async () => {
  const idempotency = { route: 'bootstrap', key: 'k-1', bodyHash: 'h' };
  const first = await bench.start({ idempotency });
  const again = await bench.start({ idempotency });
  expect(again).toMatchObject({ kind: 'answered', result: { verdict: { kind: 'accepted' } } });
  for (const _ of allWork) await bench.endNext();
  const late = await bench.start({ idempotency });
  const runOf = (answer: typeof first) =>
    answer.kind === 'answered' && answer.result.kind === 'decided' ? answer.result.run?.id : null;
  expect([runOf(again), runOf(late)]).toEqual([runOf(first), runOf(first)]);
  expect(await bench.start({ idempotency: { ...idempotency, bodyHash: 'other' } })).toMatchObject({
    result: { kind: 'key_reused' },
  });
  expect(await gate.admin`select from plans where workspace_id = ${bench.workspace.id}`).toHaveLength(1);
});

test('a session that somebody else edits, that is not at step 5 or is over admits none, and says so', async () => {
  const reason = async () => {
    const answer = await bench.start();
    return answer.kind === 'refused' ? answer.obstacle : answer.kind;
  };
  const { manager } = bench.workspace.members;
  const change = (columns: object) =>
    gate.admin`update onboarding_sessions set ${gate.admin(columns)} where id = ${bench.sessionId}`;
  await change({ locked_by_user_id: manager.userId, locked_by_name: 'mia' });
  await gate.admin`update onboarding_sessions set locked_until = now() + interval '1 minute' where id = ${bench.sessionId}`;
  expect(await reason()).toMatchObject({ reason: 'session_locked', message: expect.stringContaining('mia') });
  await gate.admin`update onboarding_sessions set locked_until = now() - interval '1 second', step = 4 where id = ${bench.sessionId}`;
  expect(await reason()).toMatchObject({ reason: 'step_not_ready' });
  await gate.admin`update onboarding_sessions set status = 'abandoned', finished_at = now() where id = ${bench.sessionId}`;
  expect(await reason()).toMatchObject({ reason: 'session_closed' });
  expect(await gate.admin`select from runs where workspace_id = ${bench.workspace.id}`).toHaveLength(0);
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
