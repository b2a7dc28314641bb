import { makeConnection, makeTenant, makeWorkspace, uniqueName } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinAs } from '../support/join-as.ts';
import { playRun } from '../support/play-worker.ts';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let admin: ReturnType<typeof openAdmin>;
beforeAll(async () => {
  api = await startTestApi();
  admin = openAdmin(api.databaseUrl);
});
afterAll(async () => {
  await admin.end({ timeout: 5 });
  await api.close();
});

const clientId = 'b7f6a3de-2a0f-4f1e-9a64-6f0c8d1e5b01';
const secret = 'a-secret-planted-in-this-test';
const send = (method: NonNullable<Call['method']>, path: string, call: Call = {}) =>
  api.call(path, { method, as: api.workspace.members.manager, ...call });
const add = (body: unknown, call: Call = {}) => send('POST', '/v1/connections', { body, ...call });
const wish = (tenantId: number) => ({ tenantId, provider: 'graph', label: 'Graph', clientId });
const detail = async (id: number, as = api.workspace.members.manager) =>
  (await api.call(`/v1/connections/${id}`, { as })).body;

async function emptyTenant(): Promise<number> {
  const body = { externalId: uniqueName('t'), name: 'Empty' };
  return (await send('POST', '/v1/tenants', { body })).body.id;
}

describe('a new connection', () => {
  it('is the default when it is the first, is found by its Location, and never shows its secret', async () => {
    const tenantId = await emptyTenant();
    const expires = '2099-06-30T00:00:00.000Z';
    const made = await add({ ...wish(tenantId), clientSecret: secret, credentialExpiresAt: expires });
    expect(made).toMatchObject({
      status: 201,
      body: {
        ...{ isDefault: true, enabled: true, consent: 'unknown', health: 'unknown' },
        ...{ credential: 'present', credentialExpiresAt: expires },
      },
    });
    const read = await api.call(made.headers.get('location') ?? '', { as: api.workspace.members.viewer });
    expect(read.body).toMatchObject({ clientId, label: 'Graph', activeRuns: 0 });
    const second = await add({ ...wish(tenantId), label: 'Second' });
    expect(second.body).toMatchObject({ isDefault: false, credential: 'missing' });
    const third = await add({ ...wish(tenantId), label: 'Third', isDefault: true });
    expect(third.body.isDefault).toBe(true);
    expect((await detail(made.body.id)).isDefault).toBe(false);
    const told = await admin`select details, action from audit_entries where object_kind = 'connection'`;
    expect(`${made.text}${read.text}${JSON.stringify([...told])}`).not.toContain(secret);
    const [kept] = await admin`select sealed_secret::text as s from connections where id = ${made.body.id}`;
    expect(Buffer.from(kept?.s.slice(2), 'hex').toString('latin1')).not.toContain(secret);
  });

  it('is made once for each Idempotency-Key, and what is kept to know it again is no digest of the secret', async () => {
    const tenantId = await emptyTenant();
    const headers = { 'idempotency-key': uniqueName('key') };
    const body = { ...wish(tenantId), clientSecret: secret };
    const twins = await Promise.all([1, 2, 3, 4].map(() => add(body, { headers })));
    expect(twins.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(twins.map(({ text }) => text)).size).toBe(1);
    expect((await add({ ...body, clientSecret: 'another' }, { headers })).status).toBe(422);
    expect(await admin`select from connections where tenant_id = ${tenantId}`).toHaveLength(1);
    const kept = await admin`select * from idempotency_keys where key = ${headers['idempotency-key']}`;
    expect(JSON.stringify([...kept])).not.toContain(secret);
  });

  it('of a tenant that is not the caller’s is 404, like one that does not exist', async () => {
    const other = await makeWorkspace(api.db);
    const theirs = await makeTenant(api.db, other.id);
    const { owner } = api.workspace.members;
    const narrow = await joinAs(api, owner, { role: 'manager', tenants: [await emptyTenant()] });
    const before = await admin`select count(*) from connections`;
    expect((await add(wish(theirs.tenantId))).status).toBe(404);
    expect((await add(wish(2_000_000_000))).status).toBe(404);
    expect((await add(wish(api.tenant.tenantId), { as: narrow })).status).toBe(404);
    expect(await admin`select count(*) from connections`).toEqual(before);
  });

  it.each([
    ['a label of 10 kB', { label: 'x'.repeat(10_000) }],
    ['an empty label', { label: ' ' }],
    ['a label with a control character', { label: 'a\u0007b' }],
    ['a label that reorders', { label: 'a\u202eb' }],
    ['another provider', { provider: 'aws' }],
    ['a client id that is none', { clientId: 'x' }],
    ['a secret with a line break', { clientSecret: 'a\nb' }],
    ['a secret with a NUL', { clientSecret: 'a\u0000b' }],
    ['a secret with a space', { clientSecret: ' a' }],
    ['an empty secret', { clientSecret: '' }],
    ['a secret of 10 kB', { clientSecret: 'x'.repeat(10_000) }],
    ['a secret that is none', { clientSecret: ['x'] }],
    ['an expiry that has passed', { clientSecret: 'x', credentialExpiresAt: '2020-01-01T00:00:00Z' }],
    ['an expiry of nothing', { clientSecret: undefined, credentialExpiresAt: '2099-01-01T00:00:00Z' }],
    ['an expiry beyond time', { clientSecret: 'x', credentialExpiresAt: '9999-12-31T23:59:59-23:00' }],
    ['a default that is none', { isDefault: 'yes' }],
    ['an unknown key', { enabled: false }],
    ['a tenant that is none', { tenantId: 0 }],
  ])('is not made with %s, and no answer repeats a secret', async (_, change) => {
    const answer = await add({ ...wish(api.tenant.tenantId), clientSecret: secret, ...change });
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain(secret);
    expect(await admin`select from connections where tenant_id = ${api.tenant.tenantId}`).toHaveLength(1);
  });
});

describe('who may change a connection', () => {
  const changes = [
    ['PATCH', '', { label: 'x' }],
    ['POST', '/default', undefined],
    ['POST', '/disable', { reason: 'x' }],
    ['POST', '/enable', undefined],
    ['PUT', '/credential', { clientSecret: 'x' }],
    ['POST', '/consent', undefined],
  ] as const;
  it.each(changes)(
    '%s …%s is for managers: 403 names the capability, 404 comes before',
    async (method, path, body) => {
      const other = await makeWorkspace(api.db);
      const theirs = await makeTenant(api.db, other.id);
      const given = body === undefined ? {} : { body };
      for (const role of ['viewer', 'operator'] as const) {
        const as = api.workspace.members[role];
        expect(
          await send(method, `/v1/connections/${api.tenant.connectionId}${path}`, { as, ...given }),
        ).toMatchObject({ status: 403, body: { capability: 'connection.manage' } });
        expect(
          (await send(method, `/v1/connections/${theirs.connectionId}${path}`, { as, ...given })).status,
        ).toBe(404);
      }
      expect((await send(method, `/v1/connections/${theirs.connectionId}${path}`, given)).status).toBe(404);
      expect((await send(method, `/v1/connections/1e3${path}`, given)).status).toBe(400);
      const [row] = await admin`select label, enabled from connections where id = ${theirs.connectionId}`;
      expect(row).toEqual({ label: 'Graph', enabled: true });
    },
  );
});

describe('a connection', () => {
  it('gets another label; the one it has leaves no entry', async () => {
    const { connectionId } = await makeTenant(api.db, api.workspace.id);
    const rename = (label: string) => send('PATCH', `/v1/connections/${connectionId}`, { body: { label } });
    expect(await rename('Mended')).toMatchObject({ status: 200, body: { label: 'Mended' } });
    expect((await rename('Mended')).status).toBe(200);
    expect((await rename('x'.repeat(101))).status).toBe(400);
    const entries = await admin`
      select details from audit_entries where action = 'connection.renamed' and object_id = ${String(connectionId)}`;
    expect([...entries]).toEqual([{ details: { from: 'Graph', to: 'Mended' } }]);
  });

  it('becomes the default in place of another, not while it is disabled', async () => {
    const { tenantId, connectionId } = await makeTenant(api.db, api.workspace.id);
    const place = { workspaceId: api.workspace.id, tenantId };
    const second = await makeConnection(api.db, place, { label: 'Second', isDefault: false });
    const makeDefault = (id: number) => send('POST', `/v1/connections/${id}/default`);
    expect(await makeDefault(second)).toMatchObject({ status: 200, body: { id: second, isDefault: true } });
    expect((await makeDefault(second)).status).toBe(200);
    expect((await detail(connectionId)).isDefault).toBe(false);
    const entries = await admin`
      select details from audit_entries where action = 'connection.made_default' and object_id = ${String(second)}`;
    expect([...entries]).toEqual([{ details: { tenantId, provider: 'graph', instead: connectionId } }]);
    await send('POST', `/v1/connections/${connectionId}/disable`, { body: { reason: 'x' } });
    const refused = await makeDefault(connectionId);
    expect(refused).toMatchObject({ status: 409, body: { nextSteps: [{ code: 'enable_connection' }] } });
    expect((await detail(second)).isDefault).toBe(true);
  });

  it('is disabled with a reason and what that stops; runs under way finish, starts and planned items do not begin', async () => {
    const { tenantId, connectionId } = await makeTenant(api.db, api.workspace.id);
    const { operator, manager } = api.workspace.members;
    const start = (body = {}) =>
      send('POST', '/v1/runs', { as: operator, body: { operation: 'snapshot_capture', tenantId, ...body } });
    const ended = (await start({ input: { policyIds: ['a'] } })).body.run.id;
    const first = await playRun(api.db, api.workspace.id, ended);
    await first.write({ end: { kind: 'finish', result: { kind: 'done' }, output: null } });
    const active = (await start()).body.run.id;
    const played = await playRun(api.db, api.workspace.id, active);
    await send('POST', '/v1/bulk-actions', {
      as: operator,
      body: { action: 'replay', selection: { runIds: [ended] } },
    });
    // A cancel that waits for its turn goes through no connection.
    const cancel = await send('POST', '/v1/bulk-actions', {
      as: operator,
      body: { action: 'cancel', reason: 'x', selection: { runIds: [active] } },
    });
    expect(cancel.status, cancel.text).toBe(201);
    const impact = await api.call(`/v1/connections/${connectionId}/impact`, {
      as: api.workspace.members.viewer,
    });
    expect(impact.body).toEqual({
      ...{ isDefault: true, activeRuns: 1, waitingItems: 1, onboardings: 0, otherConnections: 0 },
    });
    const disable = (reason: string) =>
      send('POST', `/v1/connections/${connectionId}/disable`, { body: { reason } });
    expect((await disable(' ')).status).toBe(400);
    expect((await disable('x'.repeat(501))).status).toBe(400);
    expect(await disable('They leave.')).toMatchObject({
      status: 200,
      body: { enabled: false, disabled: { by: manager.username, reason: 'They leave.' } },
    });
    expect(await disable('Again.')).toMatchObject({
      status: 409,
      body: { nextSteps: [{ code: 'open_connection', href: `/w/ws-default/connections/${connectionId}` }] },
    });
    expect(await start({ input: { policyIds: ['b'] } })).toMatchObject({
      status: 409,
      body: { code: 'connection_disabled' },
    });
    await played.write({ end: { kind: 'finish', result: { kind: 'done' }, output: null } });
    expect((await api.call(`/v1/runs/${active}`, { as: operator })).body.status).toBe('succeeded');
    expect((await detail(connectionId)).faults[0]).toMatchObject({
      reason: { code: 'connection_disabled' },
      nextSteps: [{ code: 'enable_connection' }, { code: 'ask_manager' }],
    });
    expect(await send('POST', `/v1/connections/${connectionId}/enable`)).toMatchObject({
      status: 200,
      body: { enabled: true },
    });
    expect((await send('POST', `/v1/connections/${connectionId}/enable`)).status).toBe(409);
    expect((await start()).status).toBe(201);
  });

  it('gets a new credential: the old one is gone, health is unknown, and no answer or entry holds either', async () => {
    const { connectionId } = await makeTenant(api.db, api.workspace.id, {
      ...{ settings: { clientId }, secret: 'the-old-one' },
      check: { credential: 'refused', health: 'failing', healthReason: 'credential_invalid' },
    });
    expect(
      (await detail(connectionId)).faults.map((each: { reason: { code: string } }) => each.reason.code),
    ).toEqual(['credential_invalid']);
    const before = await admin`select sealed_secret from connections where id = ${connectionId}`;
    const rotate = (body: object) => send('PUT', `/v1/connections/${connectionId}/credential`, { body });
    const rotated = await rotate({ clientSecret: secret, credentialExpiresAt: '2099-01-01T00:00:00Z' });
    expect(rotated).toMatchObject({
      status: 200,
      body: { credential: 'present', health: 'unknown', credentialExpiresAt: '2099-01-01T00:00:00.000Z' },
    });
    expect(rotated.body).not.toHaveProperty('healthReason');
    expect(
      (await detail(connectionId)).faults.map((each: { reason: { code: string } }) => each.reason.code),
    ).toEqual(['connection_unchecked']);
    expect(await admin`select sealed_secret from connections where id = ${connectionId}`).not.toEqual(before);
    const entries = await admin`select details from audit_entries where object_id = ${String(connectionId)}`;
    expect(JSON.stringify([...entries]) + rotated.text).not.toMatch(/planted|the-old-one/);
    for (const bad of [
      {},
      { clientSecret: 'a\tb' },
      { clientSecret: 'x', credentialExpiresAt: '2001-01-01T00:00:00Z' },
      { clientSecret: 'x', clientId: '' },
      { clientSecret: 'x', label: 'y' },
    ]) {
      expect((await rotate(bad)).status, JSON.stringify(bad)).toBe(400);
    }
  });
});

describe('the page of a connection', () => {
  it('says for each operation whether it works, for each fault what this caller can do, and who can mend it', async () => {
    const granted = ['Organization.Read.All', 'Application.Read.All', 'GroupMember.Read.All'];
    const { tenantId, connectionId } = await makeTenant(api.db, api.workspace.id, {
      check: { granted, health: 'warning', healthReason: 'permission_missing' },
    });
    await admin`update connections set throttled_until = now() + interval '1 hour' where id = ${connectionId}`;
    const viewer = await detail(connectionId, api.workspace.members.viewer);
    const manager = await detail(connectionId);
    const operation = (name: string) =>
      manager.operations.find((each: { name: string }) => each.name === name);
    expect(operation('snapshot_capture')).toMatchObject({
      works: false,
      reason: { code: 'permission_missing' },
      missingPermissions: ['DeviceManagementConfiguration.Read.All'],
    });
    expect(operation('directory.groups.sync')).toMatchObject({ works: false, reason: { code: 'throttled' } });
    expect(manager.operations.map(({ name }: { name: string }) => name)).not.toContain('deployment');
    const steps = (of: typeof viewer) =>
      of.faults.map(({ reason, nextSteps }: { reason: { code: string }; nextSteps: { code: string }[] }) => [
        reason.code,
        nextSteps.map(({ code }) => code),
      ]);
    expect(steps(manager)).toEqual([
      ['permission_missing', ['grant_permissions', 'check_connection', 'ask_manager']],
      ['throttled', ['try_again_later']],
    ]);
    expect(steps(viewer)).toEqual([
      ['permission_missing', ['ask_manager']],
      ['throttled', ['try_again_later']],
    ]);
    expect(manager.faults[1].until).toBe(manager.throttledUntil);
    const { owner, manager: who } = api.workspace.members;
    expect(viewer.mendedBy).toMatchObject({
      ...{ capability: 'connection.manage', allowed: false, roles: ['manager', 'owner'] },
      members: expect.arrayContaining([who.username, owner.username]),
    });
    expect(manager.mendedBy.allowed).toBe(true);
    await admin`update connections set throttled_until = null where id = ${connectionId}`;
    const body = { operation: 'provider.connection.check', tenantId };
    const { run } = (await send('POST', '/v1/runs', { body })).body;
    const busy = await detail(connectionId);
    expect(busy).toMatchObject({ activeRuns: 1, holder: { runId: run.id }, runs: [{ id: run.id }] });
    const listed = await api.call(`/v1/connections?tenantId=${tenantId}`, {
      as: api.workspace.members.viewer,
    });
    expect(listed.body.items).toMatchObject([
      { id: connectionId, activeRuns: 1, holder: { runId: run.id, operation: 'provider.connection.check' } },
    ]);
  });
});
