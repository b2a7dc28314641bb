import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import { waitUntil } from '@signalbox/testing/wait-until';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase, runIdOf } from '../gate/gate-database.ts';
import { allWork, type BootstrapBench, finishRun, makeBootstrapBench, takeRun } from './bootstrap-bench.ts';

let gate: GateDatabase;
let bench: BootstrapBench;

beforeAll(async () => {
  gate = await openGateDatabase();
});
beforeEach(async () => {
  bench = await makeBootstrapBench(gate);
});
afterAll(() => gate.close());

/** Audit entries of the workspace about its bootstraps and onboardings. */
const audited = async () =>
  (
    await gate.admin<{ action: string }[]>`
      select action, actor_kind, object_kind, details from audit_entries
      where workspace_id = ${bench.workspace.id} and (action like 'bootstrap.%' or action = 'onboarding.completed') order by id`
  ).map((row) => ({ ...row }));

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

test('a bootstrap that joins a run in the moment of its end sees that end', async () => {
  const what = { operation: 'directory.groups.sync', tenantId: bench.tenant.tenantId } as const;
  const wish = { connectionId: bench.tenant.connectionId, input: allWork[0].input };
  const request = startRequest(bench.operator, what, wish);
  const active = runIdOf((await startRuns(gate.db, bench.workspace.id, [request]))[0]);
  const taken = await gate.db.inWorkspace(bench.workspace.id, (tx) => takeRun(tx, active));
  const starting = await gate.db.inWorkspace(bench.workspace.id, async (tx) => {
    await finishRun(tx, taken);
    // The end has looked for who waits for it, and has not committed.
    let answered = false;
    const asked = bench.start().finally(() => {
      answered = true;
    });
    await waitUntil('the start to wait for that end, or to be answered', async () => {
      const waiting = await gate.admin`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return answered || waiting.length > 0;
    });
    return { asked };
  });
  expect(await starting.asked).toMatchObject({ result: { verdict: { kind: 'deduped' } } });
  expect(await bench.statuses()).toEqual(['done', 'waiting', 'waiting', 'waiting']);
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
