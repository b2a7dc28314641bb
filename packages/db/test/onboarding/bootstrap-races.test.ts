import { abandonSession } from '@signalbox/db/commands/onboarding/abandon-session';
import { abortBootstrap } from '@signalbox/db/commands/onboarding/abort-bootstrap';
import { editSession, type SessionEdit } from '@signalbox/db/commands/onboarding/edit-session';
import { makeConnection } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase } from '../gate/gate-database.ts';
import { type BootstrapBench, makeBootstrapBench } from './bootstrap-bench.ts';
import { hold, lockWaiters, sessionOf } from './session-bench.ts';

let gate: GateDatabase;
let bench: BootstrapBench;

beforeAll(async () => {
  gate = await openGateDatabase();
});
beforeEach(async () => {
  bench = await makeBootstrapBench(gate);
});
afterAll(() => gate.close());

const edit = (what: Omit<SessionEdit, 'sessionId' | 'hold'>) =>
  editSession(gate.db, bench.operator, { sessionId: bench.sessionId, hold: hold(null), ...what });
const abandon = () =>
  abandonSession(gate.db, bench.operator, { sessionId: bench.sessionId, reason: 'x', requestId: null });
const second = () => {
  const place = { workspaceId: bench.workspace.id, tenantId: bench.tenant.tenantId };
  return makeConnection(gate.db, place, { isDefault: false, label: 'second' });
};

test('under a bootstrap the step and the connection stay, and what is typed is still saved', async () => {
  const connectionId = await second();
  await bench.accepted();
  const refusal = { kind: 'refused', reason: 'bootstrap_under_way', kept: false };
  expect(await edit({ step: 4 })).toMatchObject(refusal);
  expect(await edit({ connectionId })).toMatchObject(refusal);
  // As a whole: nothing of such an edit is done.
  expect(await edit({ step: 1, draft: { notes: 'not this' }, assignee: null })).toMatchObject(refusal);
  expect(await abandon()).toMatchObject(refusal);

  const kept = { step: 5, connectionId: bench.tenant.connectionId };
  const typed = await edit({ draft: { notes: 'typed meanwhile' }, ...kept, step: 5 });
  expect(sessionOf(typed)).toMatchObject({ ...kept, draft: { notes: 'typed meanwhile' } });
  // Also between two operations, while none has a run.
  await bench.end((await bench.progress()).items[0]?.run?.id ?? 0);
  expect(await edit({ step: 4 })).toMatchObject(refusal);
  await bench.advance();
  for (let left = 0; left < 3; left++) await bench.endNext();
  expect(await bench.session()).toMatchObject({ status: 'completed', step: 5 });
});

test('after a bootstrap that has failed the session is free again', async () => {
  await bench.accepted();
  const error = { code: 'provider_unavailable', message: 'The provider did not answer.' } as const;
  await bench.endNext({ kind: 'failed', error });
  const connectionId = await second();
  expect(sessionOf(await edit({ connectionId }))).toMatchObject({ step: 2, connectionId });
});

/** Lets both come to the row of the session in this order, and then go on at once. */
async function inOrder(deeds: readonly (() => Promise<unknown>)[]): Promise<unknown[]> {
  const begun = await gate.admin.begin(async (sql) => {
    await sql`select from onboarding_sessions where id = ${bench.sessionId} for update`;
    const asked: Promise<unknown>[] = [];
    for (const deed of deeds) {
      asked.push(deed());
      await lockWaiters(gate, asked.length);
    }
    return { asked };
  });
  return Promise.all(begun.asked);
}

test('of a change of the connection and a bootstrap at once the second is refused', async () => {
  const connectionId = await second();
  const refused = await inOrder([() => bench.start(), () => edit({ connectionId })]);
  expect(refused[1]).toMatchObject({ kind: 'refused', reason: 'bootstrap_under_way' });
  expect(await bench.session()).toMatchObject({ step: 5 });

  bench = await makeBootstrapBench(gate);
  const other = await second();
  const answers = await inOrder([() => edit({ connectionId: other }), () => bench.start()]);
  expect(answers[1]).toMatchObject({ kind: 'refused', obstacle: { reason: 'step_not_ready' } });
  expect(await bench.session()).toMatchObject({ step: 2, plan_id: null });
  expect(await gate.admin`select from runs where workspace_id = ${bench.workspace.id}`).toHaveLength(0);
});

test('an onboarding is abandoned before its bootstrap, and then nothing is started, or not while that works', async () => {
  const answers = await inOrder([abandon, () => bench.start()]);
  expect(answers[1]).toMatchObject({ kind: 'refused', obstacle: { reason: 'session_closed' } });
  expect(await gate.admin`select from runs where workspace_id = ${bench.workspace.id}`).toHaveLength(0);

  bench = await makeBootstrapBench(gate);
  const refused = await inOrder([() => bench.start(), abandon]);
  expect(refused[1]).toMatchObject({ kind: 'refused', reason: 'bootstrap_under_way' });
  for (let done = 0; done < 3; done++) await bench.endNext();
  // Whichever comes first: it is over with its last run, so it is not abandoned after that either.
  const last = (await bench.progress()).items[3]?.run?.id ?? 0;
  const [late] = await Promise.all([abandon(), bench.end(last)]);
  expect(late).toMatchObject({ kind: 'refused' });
  expect(await bench.session()).toMatchObject({ status: 'completed' });
});

const abort = () =>
  gate.db.inWorkspace(bench.workspace.id, (tx) =>
    abortBootstrap(tx, bench.operator, { sessionId: bench.sessionId, reason: null, requestId: null }),
  );

test('an abort waits for a start that is being committed, and never leaves its run without an item', async () => {
  await bench.accepted();
  await bench.end((await bench.progress()).items[0]?.run?.id ?? 0);
  const begun = await gate.admin.begin(async (sql) => {
    // What the start waits for once it has the plan.
    await sql`select from connections where id = ${bench.tenant.connectionId} for update`;
    const advancing = bench.advance();
    await lockWaiters(gate, 1);
    const aborting = abort();
    await lockWaiters(gate, 2);
    return { both: Promise.all([advancing, aborting]) };
  });
  expect((await begun.both)[1]).toEqual({ kind: 'aborted', operations: 2 });
  expect(await bench.statuses()).toEqual(['done', 'admitted', 'aborted', 'aborted']);
  expect(await gate.admin`select from runs where workspace_id = ${bench.workspace.id}`).toHaveLength(2);
});

test('an abort in the moment in which an operation ends leaves nothing half begun, whichever comes first', async () => {
  for (let round = 0; round < 4; round++) {
    bench = await makeBootstrapBench(gate);
    await bench.accepted();
    const first = (await bench.progress()).items[0]?.run?.id ?? 0;
    const ends = async () => {
      await bench.end(first);
      await bench.advance();
    };
    const deeds = round % 2 === 0 ? [abort, ends] : [ends, abort];
    const answers = await Promise.all(deeds.map((deed) => deed()));
    expect(answers).toContainEqual(expect.objectContaining({ kind: 'aborted' }));
    const { items } = await bench.progress();
    const begun = items.filter(({ run }) => run !== null);
    expect(items.filter(({ status }) => status === 'aborted')).toHaveLength(items.length - begun.length);
    const runs = await gate.admin`select from runs where workspace_id = ${bench.workspace.id}`;
    expect(runs).toHaveLength(begun.length);
    if (begun.length > 1) await bench.end(begun[1]?.run?.id ?? 0);
    expect(await bench.progress()).toMatchObject({ status: 'aborted' });
    expect(await bench.session()).toMatchObject({ status: 'in_progress', step: 5 });
  }
});
