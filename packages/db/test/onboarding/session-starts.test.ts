import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import { releaseLock } from '@signalbox/db/commands/onboarding/release-lock';
import { tasksOf } from '@signalbox/db/queries/onboarding/tasks';
import type { Person } from '@signalbox/domain/access/principal';
import { verificationTasks } from '@signalbox/domain/onboarding/tasks';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import { makeConnection, type TestWorkspace } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GateDatabase, outcomeOf } from '../gate/gate-database.ts';
import { openSessionBench, requestId, type SessionBench, sessionOf } from './session-bench.ts';

let bench: SessionBench;
let gate: GateDatabase;
let workspace: TestWorkspace;
let operator: Person;
let manager: Person;

beforeAll(async () => {
  bench = await openSessionBench();
  ({ gate, workspace, operator, manager } = bench);
});
beforeEach(() => bench.freshTenant());
afterAll(() => gate.close());

/** Evidence as a verification leaves it. */
const seen = (task: string, status = 'ok', hours = 0) =>
  gate.admin`insert into evidence (workspace_id, tenant_id, connection_id, task_type, status, recorded_at)
    values (${workspace.id}, ${bench.tenant().tenantId}, ${bench.tenant().connectionId}, ${task}, ${status},
      now() - ${`${hours} hours`}::interval)`;

test('steps go forward over what was verified through the chosen connection within a day, and back freely', async () => {
  const session = await bench.open();
  const to = (step: 1 | 2 | 3 | 4 | 5) => bench.edit(session, operator, { step });
  const refusal = { kind: 'refused', reason: 'step_not_ready' };
  expect(await to(3)).toMatchObject({ ...refusal, message: 'Step 2 comes before step 3.' });
  expect(sessionOf(await to(2)).step).toBe(2);
  await gate.admin`update connections set credential = 'missing' where id = ${bench.tenant().connectionId}`;
  expect(await to(3)).toMatchObject(refusal);
  await gate.admin`update connections set credential = 'present' where id = ${bench.tenant().connectionId}`;
  // Whoever chooses none goes on with the default.
  expect(sessionOf(await to(3))).toMatchObject({ step: 3, connectionId: bench.tenant().connectionId });

  const [consent, ...others] = verificationTasks;
  await seen(consent, 'ok', 24);
  const stale = await to(4);
  expect(stale).toMatchObject({ ...refusal, message: expect.stringContaining(consent) });
  await seen(consent, 'fail');
  expect(await to(4)).toMatchObject({ ...refusal, message: expect.stringContaining('is failing') });
  await seen(consent, 'warn');
  expect(sessionOf(await to(4)).step).toBe(4);
  for (const task of others) {
    expect(await to(5)).toMatchObject({ ...refusal, message: expect.stringContaining(task) });
    await seen(task);
  }
  expect(sessionOf(await to(5)).step).toBe(5);
  expect(sessionOf(await to(1)).step).toBe(1);
  for (const step of [2, 3, 4, 5] as const) expect(sessionOf(await to(step)).step).toBe(step);

  // Through another connection nothing is known yet.
  const place = { workspaceId: workspace.id, tenantId: bench.tenant().tenantId };
  const second = await makeConnection(gate.db, place, { isDefault: false, label: 'second' });
  const rerouted = sessionOf(await bench.edit(session, operator, { connectionId: second }));
  expect(rerouted).toMatchObject({ step: 2, connectionId: second });
  expect(sessionOf(await to(3)).step).toBe(3);
  expect(await to(4)).toMatchObject(refusal);
  const tasks = await gate.db.inWorkspace(workspace.id, (tx) =>
    tasksOf(tx, { tenantId: bench.tenant().tenantId, connectionId: second }),
  );
  expect(tasks.every(({ evidence }) => evidence === null)).toBe(true);
});

test('a refused step changes nothing, and takes no lock', async () => {
  const session = await bench.open(operator, false);
  const { id } = session;
  expect(await bench.edit(session, operator, { step: 5, draft: { notes: 'x' } })).toMatchObject({
    reason: 'step_not_ready',
  });
  expect(await bench.open(manager, false)).toMatchObject({
    id,
    status: 'draft',
    draft: {},
    lock: { held: false, version: 0 },
  });
  expect(await bench.audited(id)).toMatchObject([{ action: 'onboarding.opened' }]);
});

const task = 'onboarding.connectivity.check';
const start = async (by: Person, sessionId: number, more = {}) => {
  const request = startRequest(
    by,
    { operation: task, tenantId: bench.tenant().tenantId },
    { sessionId, ...more },
  );
  const [result] = await startRuns(gate.db, workspace.id, [request]);
  return result;
};
const leftOf = async (id: number) => {
  const [row] = await gate.admin`select extract(epoch from locked_until - now())::int as left
    from onboarding_sessions where id = ${id}`;
  return Number(row?.left);
};

test('a task starts from a session for who edits it, who keeps the lock by it, and for nobody else meanwhile', async () => {
  const { id } = await bench.open();
  await gate.admin`update onboarding_sessions set locked_until = now() + interval '1 minute' where id = ${id}`;
  const refused = await start(manager, id);
  expect(refused).toMatchObject({
    verdict: { kind: 'blocked', reason: 'session_locked', lockedBy: operator.username },
  });
  expect(await leftOf(id)).toBeLessThan(61);
  expect(outcomeOf(await start(operator, id))).toBe('accepted');
  expect(await leftOf(id)).toBeGreaterThan(590);
  // Free, it is everybody's, and nobody's afterwards.
  sessionOf(await releaseLock(gate.db, operator, { sessionId: id, requestId }));
  expect(outcomeOf(await start(manager, id))).toBe('deduped');
  expect((await bench.open(manager, false)).lock.held).toBe(false);
  await gate.admin`update onboarding_sessions set status = 'abandoned', finished_at = now() where id = ${id}`;
  expect(await start(operator, id)).toMatchObject({ verdict: { reason: 'session_closed' } });
});

test('a start that is being committed is not overtaken by a takeover', async () => {
  const { id } = await bench.open();
  const [before] = await gate.admin`select max(id) as id from audit_entries`;
  const { promise: freed, resolve: free } = Promise.withResolvers<void>();
  const { promise: held, resolve: holds } = Promise.withResolvers<void>();
  // Somebody else holds what the start waits for once it has the session.
  const blocker = gate.admin.begin(async (sql) => {
    await sql`select from connections where id = ${bench.tenant().connectionId} for update`;
    holds();
    await freed;
  });
  await held;
  const starting = start(operator, id);
  await bench.waiting(1);
  const taking = bench.takeOver(id);
  await bench.waiting(2);
  free();
  await blocker;
  expect(outcomeOf(await starting)).toBe('accepted');
  expect(sessionOf(await taking).lock.userId).toBe(manager.userId);
  // As they came to write: which of the two answers is read first says nothing.
  const written = await gate.admin`select action from audit_entries
    where action in ('run.created', 'onboarding.taken_over') and id > ${before?.id ?? 0} order by id`;
  expect(written.map(({ action }) => action)).toEqual(['run.created', 'onboarding.taken_over']);
});

test('evidence is only ever added, also by the owner of the table', async () => {
  await seen('onboarding.rbac.verify');
  const own = gate.admin`update evidence set status = 'ok' where tenant_id = ${bench.tenant().tenantId}`;
  await expect(own).rejects.toThrow();
  await expect(
    gate.admin`delete from evidence where tenant_id = ${bench.tenant().tenantId}`,
  ).rejects.toThrow();
  await expect(
    gate.db.inWorkspace(workspace.id, ({ query }) => query.execute('delete from evidence')),
  ).rejects.toThrow();
  const [row] =
    await gate.admin`select count(*)::int as n from evidence where tenant_id = ${bench.tenant().tenantId}`;
  expect(row?.n).toBe(1);
});
