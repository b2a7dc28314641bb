import { onboardingSessions } from '@signalbox/db/schema/onboarding';
import { operationsOn } from '@signalbox/domain/operation/registry';
import { makeConnection, makeTenant } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { joinAs } from '../support/join-as.ts';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

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

type Session = typeof onboardingSessions.$inferInsert;

/** An onboarding of a tenant of its own. */
async function begun(wishes: Partial<Session> = {}) {
  const tenant = await makeTenant(api.db, api.workspace.id);
  const [session] = await api.db.inWorkspace(api.workspace.id, (tx) =>
    tx.query
      .insert(onboardingSessions)
      .values({
        ...{ workspaceId: api.workspace.id, tenantId: tenant.tenantId, createdBy: 'test' },
        ...{ status: 'in_progress', ...wishes },
      })
      .returning({ id: onboardingSessions.id }),
  );
  return { ...tenant, session: Number(session?.id) };
}

const start = (session: number | string, operation = 'onboarding.consent.verify', call: Call = {}) =>
  api.call(`/admin/onboarding/${session}/provider-actions/${operation}/start`, {
    method: 'POST',
    as: api.workspace.members.operator,
    ...call,
  });
const inTenMinutes = () => new Date(Date.now() + 600_000);

it('starts each verification of an onboarding through the gate, also where consent is still missing', async () => {
  for (const operation of operationsOn('onboarding')) {
    const { session, tenantId, connectionId } = await begun();
    await admin`update connections set consent = 'missing', granted = null where id = ${connectionId}`;
    const made = await start(session, operation, { body: { step: 'verify' } });
    expect([operation, made.status, made.body.status]).toEqual([operation, 200, 'accepted']);
    const [run] =
      await admin`select operation, tenant_id::int, context from runs where id = ${made.body.run.id}`;
    const context = { surface: 'provider-dispatch.onboarding', sessionId: session, step: 'verify' };
    expect(run).toEqual({ operation, tenant_id: tenantId, context });
  }
  const { session } = await begun();
  for (const name of ['inventory.sync', 'directory.groups.sync', 'restore_execute', 'bogus', '%00']) {
    expect([name, (await start(session, name)).status]).toEqual([name, 404]);
  }
});

it('goes through the connection named, else the one chosen in the onboarding, and never through a foreign one', async () => {
  const { session, tenantId, connectionId } = await begun();
  const place = { workspaceId: api.workspace.id, tenantId };
  const chosen = await makeConnection(api.db, place, { isDefault: false, label: 'chosen' });
  await admin`update onboarding_sessions set connection_id = ${chosen} where id = ${session}`;
  const made = await start(session);
  expect(made.body.providerConnection).toMatchObject({ id: chosen, label: 'chosen' });
  const named = await start(session, 'onboarding.consent.verify', {
    body: { providerConnectionId: connectionId },
  });
  expect(named.body).toMatchObject({ status: 'accepted', providerConnection: { id: connectionId } });
  const foreign = (await begun()).connectionId;
  expect((await start(session, undefined, { body: { providerConnectionId: foreign } })).status).toBe(404);
});

it('is blocked while somebody else edits the onboarding, with the steps each role can take, and is kept as refused', async () => {
  const { manager, operator } = api.workspace.members;
  const { session, tenantId } = await begun({
    ...{ lockedByUserId: manager.userId, lockedByName: manager.username, lockedUntil: inTenMinutes() },
  });
  const refused = await start(session);
  expect(refused.body).toMatchObject({
    status: 'blocked',
    operationType: 'onboarding.consent.verify',
    operatorVerb: 'Verify',
    operatorMessage: `${manager.username} is editing the onboarding of this tenant.`,
    shortReason: 'Being edited',
  });
  expect(refused.body).not.toHaveProperty('run');
  const steps = (body: { nextSteps: { actionType: string }[] }) =>
    body.nextSteps.map(({ actionType }) => actionType);
  expect(steps(refused.body)).toEqual(['open_onboarding', 'try_again_later']);
  expect(refused.body.nextSteps[0].href).toBe(`/w/ws-default/onboarding/${tenantId}`);
  const owner = await start(session, undefined, { as: api.workspace.members.owner });
  expect(steps(owner.body)).toEqual(['open_onboarding', 'take_over_onboarding', 'try_again_later']);
  const [entry] = await admin`
    select action, actor_name, details from audit_entries where request_id = ${refused.headers.get('x-request-id')}`;
  expect(entry).toMatchObject({
    action: 'run.start_refused',
    actor_name: operator.username,
    details: { outcome: 'blocked', reason: 'session_locked', from: { sessionId: session } },
  });
  // Whoever holds it is let through, and so is everybody once it is over.
  expect((await start(session, undefined, { as: manager })).body.status).toBe('accepted');
  await admin`update onboarding_sessions set locked_until = now() - interval '1 second' where id = ${session}`;
  expect((await start(session)).body.status).toBe('deduped');
});

it('answers again what it answered under an Idempotency-Key, also when somebody has begun to edit since', async () => {
  const { session } = await begun();
  const headers = { 'idempotency-key': 'verify-once' };
  const first = await start(session, undefined, { headers });
  const { manager } = api.workspace.members;
  await admin`update onboarding_sessions set locked_by_user_id = ${manager.userId}, locked_by_name = 'm',
    locked_until = now() + interval '10 minutes' where id = ${session}`;
  expect((await start(session, undefined, { headers })).body).toEqual(first.body);
  expect((await start(session, undefined, { headers, body: { step: 'x' } })).status).toBe(422);
  expect((await start(session)).body.shortReason).toBe('Being edited');
});

it('is blocked when the onboarding is over', async () => {
  for (const status of ['completed', 'abandoned'] as const) {
    const { session } = await begun({ status, finishedAt: new Date() });
    expect((await start(session)).body).toMatchObject({ status: 'blocked', shortReason: 'Onboarding over' });
  }
});

it('asks in the order of every operation: 400 for an ill-formed id, 401, 404, 403, 400', async () => {
  const { session } = await begun();
  expect((await start('x')).status).toBe(400);
  expect(
    (await api.call(`/admin/onboarding/${session}/provider-actions/x/start`, { method: 'POST' })).status,
  ).toBe(401);
  expect((await start(2_000_000_000, undefined, { body: { step: 7 } })).status).toBe(404);
  const elsewhere = await joinAs(api, api.workspace.members.owner, {
    role: 'manager',
    tenants: [api.tenant.tenantId],
  });
  expect((await start(session, undefined, { as: elsewhere })).status).toBe(404);
  const viewer = await start(session, undefined, { as: api.workspace.members.viewer, body: { step: 7 } });
  expect([viewer.status, viewer.body.capability]).toEqual([403, 'run.start.onboarding.consent.verify']);
  expect((await start(session, undefined, { body: { step: 7 } })).status).toBe(400);
});
