import { onboardingSessions } from '@signalbox/db/schema/onboarding';
import { bootstrapTasks } from '@signalbox/domain/onboarding/tasks';
import { makeVerified } from '@signalbox/testing/fixtures/verified';
import { makeConnection, makeTenant } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { joinAs } from '../support/join-as.ts';
import { finished, playRun } from '../support/play-worker.ts';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

const media = 'application/vnd.tenantpilot.onboarding-bootstrap-start-outcome+json';
let api: TestApi;
let admin: ReturnType<typeof openAdmin>;

beforeAll(async () => {
  api = await startTestApi();
  admin = openAdmin(api.databaseUrl);
}, 60_000);
afterAll(async () => {
  await admin.end({ timeout: 5 });
  await api.close();
});

/** An onboarding of a tenant of its own, at its last step. */
async function ready(wishes: Partial<typeof onboardingSessions.$inferInsert> = {}) {
  const tenant = await makeTenant(api.db, api.workspace.id);
  const { tenantId, connectionId } = tenant;
  await makeVerified(api.db, { workspaceId: api.workspace.id, tenantId, connectionId });
  const [session] = await api.db.inWorkspace(api.workspace.id, (tx) =>
    tx.query
      .insert(onboardingSessions)
      .values({
        ...{ workspaceId: api.workspace.id, tenantId, connectionId, createdBy: 'test' },
        ...{ status: 'in_progress', step: 5, ...wishes },
      })
      .returning({ id: onboardingSessions.id }),
  );
  return { ...tenant, session: Number(session?.id) };
}

const post = (path: string, call: Call = {}) =>
  api.call(path, { method: 'POST', as: api.workspace.members.operator, ...call });
const native = (session: number | string, body: object = { operations: bootstrapTasks }, call: Call = {}) =>
  post(`/v1/onboarding-sessions/${session}/bootstrap`, { body, ...call });
const dispatched = (session: number | string, body: object, call: Call = {}) =>
  post(`/admin/onboarding/${session}/provider-bootstrap/start`, { body, ...call });
const runsOf = (tenantId: number) => admin`select from runs where tenant_id = ${tenantId}`;

it('starts the first operation and says what waits behind it, natively', async () => {
  const { session, tenantId, connectionId } = await ready();
  const made = await native(session);
  expect(made.status).toBe(201);
  expect(made.headers.get('location')).toBe(`/v1/runs/${made.body.run.id}`);
  expect(made.body).toMatchObject({
    ...{ outcome: 'accepted', connectionId, acceptedOperation: 'directory.groups.sync' },
    pendingOperations: ['directory.role_definitions.sync', 'inventory.sync', 'compliance.snapshot'],
    bootstrap: {
      status: 'working',
      statusText: `Sync groups is under way as run ${made.body.run.id}; 0 of 4 operations succeeded.`,
      requestedBy: api.workspace.members.operator.username,
    },
  });
  const [first, second] = made.body.bootstrap.items;
  expect(first).toMatchObject({ status: 'admitted', run: { id: made.body.run.id, status: 'queued' } });
  expect(second).toMatchObject({
    status: 'waiting',
    message: 'Sync role definitions waits until Sync groups has succeeded.',
    nextSteps: [],
  });
  expect(second.waitingSince).toBeDefined();
  const [run] = await admin`select input, context from runs where id = ${made.body.run.id}`;
  expect(run).toEqual({
    input: { selectionKey: 'all_groups_v1' },
    context: { surface: 'onboarding.bootstrap', sessionId: session },
  });
  // The same again joins it; another one is refused, and neither makes anything.
  const again = await native(session);
  expect([again.status, again.body.outcome, again.body.run.id]).toEqual([200, 'deduped', made.body.run.id]);
  expect(again.body).toMatchObject({
    acceptedOperation: 'directory.groups.sync',
    pendingOperations: made.body.pendingOperations,
  });
  const other = await native(session, { operations: ['inventory.sync'] });
  expect([other.status, other.body.code]).toEqual([409, 'bootstrap_under_way']);
  expect(other.body.nextSteps[0].href).toBe(`/w/ws-default/onboarding/${tenantId}`);
  expect(await runsOf(tenantId)).toHaveLength(1);
});

it('starts it in the words of the provider-dispatch contract, as the vendor JSON and as a page', async () => {
  const { session, connectionId } = await ready();
  const body = {
    providerConnectionId: connectionId,
    selectedOperations: ['inventory.sync', 'compliance.snapshot'],
  };
  const made = await dispatched(session, body, { headers: { accept: media } });
  expect([made.status, made.headers.get('content-type')]).toEqual([200, media]);
  expect(made.body).toMatchObject({
    ...{ status: 'accepted', operationType: 'inventory.sync', operatorVerb: 'Sync', shortReason: null },
    ...{ acceptedOperation: 'inventory.sync', pendingOperations: ['compliance.snapshot'] },
    providerConnection: { id: connectionId, provider: 'graph' },
    run: { status: 'queued' },
  });
  expect(made.body.run.url).toBe(`/admin/operations/${made.body.run.id}`);
  const [run] = await admin`select context from runs where id = ${made.body.run.id}`;
  expect(run?.context).toMatchObject({ sourceSurface: 'onboarding.bootstrap', sessionId: session });
  // The same again is told with the run that is under way.
  const again = await dispatched(session, body, { headers: { accept: media } });
  expect(again.body).toMatchObject({
    ...{ status: 'deduped', run: made.body.run, providerConnection: { id: connectionId } },
    ...{ acceptedOperation: 'inventory.sync', pendingOperations: ['compliance.snapshot'] },
  });
  expect(again.body.nextSteps).toMatchObject([
    { actionType: 'open_run', href: `/w/ws-default/runs/${made.body.run.id}` },
  ]);
  const page = await dispatched(session, body, { headers: { accept: 'text/html' } });
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.text).toContain('Deduped');
  expect(page.text).toContain('compliance.snapshot');
  const none = await dispatched(session, body, { headers: { accept: 'application/pdf' } });
  expect(none.status).toBe(406);
});

it('is blocked, and leaves nothing behind, while the session or the connection does not admit it', async () => {
  const { manager } = api.workspace.members;
  const cases = [
    [{ step: 4 }, 'step_not_ready', 'Step not ready'],
    [{ status: 'abandoned', finishedAt: new Date() }, 'session_closed', 'Onboarding over'],
    [
      {
        ...{ lockedByUserId: manager.userId, lockedByName: manager.username },
        lockedUntil: new Date(Date.now() + 600_000),
      },
      'session_locked',
      'Being edited',
    ],
  ] as const;
  for (const [wishes, code, label] of cases) {
    const { session, connectionId, tenantId } = await ready(wishes);
    const refused = await native(session);
    expect([refused.status, refused.body.code]).toEqual([409, code]);
    const said = await dispatched(session, {
      providerConnectionId: connectionId,
      selectedOperations: ['inventory.sync'],
    });
    expect(said.status).toBe(200);
    expect(said.body).toMatchObject({
      ...{ status: 'blocked', shortReason: label, acceptedOperation: null, pendingOperations: [] },
    });
    expect(said.body).not.toHaveProperty('run');
    expect(said.body.nextSteps.length).toBeGreaterThan(0);
    const [entry] = await admin`
      select action, details from audit_entries where request_id = ${said.headers.get('x-request-id')}`;
    expect(entry).toMatchObject({
      action: 'run.start_refused',
      details: { outcome: 'blocked', reason: code },
    });
    expect(await runsOf(tenantId)).toHaveLength(0);
  }
  const busy = await ready();
  const holder = await post('/v1/runs', {
    body: { operation: 'snapshot_capture', tenantId: busy.tenantId },
  });
  const refused = await native(busy.session);
  expect([refused.status, refused.body.code, refused.body.holder.runId]).toEqual([
    409,
    'scope_busy',
    holder.body.run.id,
  ]);
  const said = await dispatched(busy.session, {
    providerConnectionId: busy.connectionId,
    selectedOperations: ['inventory.sync'],
  });
  expect(said.body).toMatchObject({
    status: 'scope_busy',
    run: { id: holder.body.run.id },
    pendingOperations: [],
  });
  expect(
    await admin`select from plans where workspace_id = ${api.workspace.id} and selection ->> 'sessionId' = ${String(busy.session)}`,
  ).toHaveLength(0);
});

it('goes through the connection that was verified, never through another or a foreign one', async () => {
  const { session, tenantId, connectionId } = await ready();
  const place = { workspaceId: api.workspace.id, tenantId };
  const other = await makeConnection(api.db, place, { isDefault: false, label: 'other' });
  const foreign = (await ready()).connectionId;
  const selectedOperations = ['inventory.sync'];
  expect((await native(session, { connectionId: foreign, operations: selectedOperations })).status).toBe(404);
  expect((await dispatched(session, { providerConnectionId: foreign, selectedOperations })).status).toBe(404);
  expect(await runsOf(tenantId)).toHaveLength(0);
  const unverified = await native(session, { connectionId: other, operations: selectedOperations });
  expect([unverified.status, unverified.body.code]).toEqual([409, 'step_not_ready']);
  const said = await dispatched(session, { providerConnectionId: other, selectedOperations });
  expect(said.body).toMatchObject({ status: 'blocked', shortReason: 'Step not ready' });
  expect(await runsOf(tenantId)).toHaveLength(0);
  const made = await native(session, { connectionId, operations: selectedOperations });
  expect([made.status, made.body.connectionId]).toEqual([201, connectionId]);
});

it('starts nothing where a verification has come to fail or is a day old, and says which', async () => {
  const { session, tenantId, connectionId } = await ready();
  await makeVerified(api.db, { workspaceId: api.workspace.id, tenantId, connectionId }, 'fail');
  const refused = await native(session);
  expect([refused.status, refused.body.code]).toEqual([409, 'step_not_ready']);
  expect(refused.body.detail).toBe('Verify consent (onboarding.consent.verify) is failing.');
  const view = await api.call(`/v1/onboarding-sessions/${session}`, { as: api.workspace.members.operator });
  const { actions } = view.body as { actions: { action: string; refused?: string }[] };
  expect(actions.find(({ action }) => action === 'bootstrap')?.refused).toBe(refused.body.detail);
  await makeVerified(api.db, { workspaceId: api.workspace.id, tenantId, connectionId });
  expect((await native(session)).status).toBe(201);
});

it('refuses what is no list of operations of a bootstrap, before anything is made', async () => {
  const { session, tenantId, connectionId } = await ready();
  const bad: unknown[] = [
    [],
    ['inventory.sync', 'inventory.sync'],
    ['snapshot_capture'],
    ['onboarding.consent.verify'],
    ['bogus', 'inventory.sync'],
    Array.from({ length: 10_000 }, () => 'inventory.sync'),
    'inventory.sync',
    null,
    [null],
    [1],
    {},
  ];
  for (const list of bad) {
    const answers = [
      await native(session, { operations: list }),
      await dispatched(session, { providerConnectionId: connectionId, selectedOperations: list }),
    ];
    expect([list, ...answers.map(({ status }) => status)]).toEqual([list, 400, 400]);
  }
  const operations = ['inventory.sync'];
  const selectedOperations = operations;
  const others = [
    native(session, { operations, connectionId: null }),
    native(session, { operations, connectionId: 'x' }),
    native(session, { operations, more: 1 }),
    native(session, {}),
    post(`/v1/onboarding-sessions/${session}/bootstrap`),
    dispatched(session, { selectedOperations }),
    dispatched(session, { selectedOperations, providerConnectionId: null }),
    dispatched(session, { selectedOperations, providerConnectionId: 1.5 }),
    dispatched(session, { selectedOperations, providerConnectionId: connectionId, sourceSurface: 7 }),
    dispatched(session, {
      selectedOperations,
      providerConnectionId: connectionId,
      sourceSurface: 'x'.repeat(201),
    }),
    post(`/admin/onboarding/${session}/provider-bootstrap/start`),
    native('x'),
    dispatched('1e3', { selectedOperations, providerConnectionId: connectionId }),
  ];
  expect((await Promise.all(others)).map(({ status }) => status)).toEqual(others.map(() => 400));
  expect(await runsOf(tenantId)).toHaveLength(0);
});

it('asks in the order of every operation: 401, 404, 403, 400', async () => {
  const { session } = await ready();
  const bad = { operations: ['bogus'] };
  expect(
    (await api.call(`/v1/onboarding-sessions/${session}/bootstrap`, { method: 'POST', body: bad })).status,
  ).toBe(401);
  expect((await native(2_000_000_000, bad)).status).toBe(404);
  const { owner, viewer } = api.workspace.members;
  const elsewhere = await joinAs(api, owner, { role: 'manager', tenants: [api.tenant.tenantId] });
  expect((await native(session, bad, { as: elsewhere })).status).toBe(404);
  const denied = await native(session, bad, { as: viewer });
  expect([denied.status, denied.body.capability]).toEqual([403, 'onboarding.edit']);
  expect((await native(session, bad)).status).toBe(400);
  // A key that may edit and not start.
  const key = await post('/v1/api-keys', {
    as: owner,
    body: { name: 'editor', capabilities: ['onboarding.edit', 'run.start.inventory.sync'] },
  });
  const byKey = (operations: string[]) =>
    api.call(`/v1/onboarding-sessions/${session}/bootstrap`, {
      ...{ method: 'POST', key: key.body.key, body: { operations } },
    });
  const some = await byKey(['inventory.sync', 'compliance.snapshot']);
  expect([some.status, some.body.capability]).toEqual([403, 'run.start.compliance.snapshot']);
  const ownWord = await byKey(['inventory.sync']);
  expect([ownWord.status, ownWord.body.code]).toEqual([403, 'person_required']);
  expect((await native(session, { operations: ['inventory.sync'] })).status).toBe(201);
});

it('answers the same under the same Idempotency-Key, and refuses another body under it', async () => {
  const { session, tenantId } = await ready();
  const headers = { 'idempotency-key': `bootstrap-${session}` };
  const first = await native(session, undefined, { headers });
  const again = await native(session, undefined, { headers });
  expect([again.status, again.body.run.id, again.body.outcome]).toEqual([201, first.body.run.id, 'accepted']);
  expect((await native(session, { operations: ['inventory.sync'] }, { headers })).status).toBe(422);
  expect(await runsOf(tenantId)).toHaveLength(1);
});

it('is aborted where something of it waits, and says what became of the rest', async () => {
  const { session, tenantId } = await ready();
  const abort = (call: Call = {}) => post(`/v1/onboarding-sessions/${session}/bootstrap/abort`, call);
  expect((await abort()).status).toBe(409);
  const made = await native(session);
  expect((await abort({ as: api.workspace.members.viewer })).status).toBe(403);
  expect((await abort({ body: { reason: 7 } })).status).toBe(400);
  const aborted = await abort({ body: { reason: 'wrong tenant' } });
  expect(aborted.status).toBe(200);
  expect(aborted.body).toMatchObject({ status: 'working', abortReason: 'wrong tenant' });
  expect(aborted.body.items.map(({ status }: { status: string }) => status)).toEqual([
    ...['admitted', 'aborted', 'aborted', 'aborted'],
  ]);
  expect(aborted.body.abortRefused).toBe('Nothing waits any more; cancel the run that is under way.');
  expect((await abort()).status).toBe(409);
  const played = await playRun(api.db, api.workspace.id, made.body.run.id);
  await played.write({ end: finished });
  expect(
    await admin`select status from plans where selection ->> 'sessionId' = ${String(session)}`,
  ).toMatchObject([{ status: 'aborted' }]);
  // The onboarding is where it was, and may be bootstrapped anew.
  expect((await native(session)).status).toBe(201);
  expect(await runsOf(tenantId)).toHaveLength(2);
});
