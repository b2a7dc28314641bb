import { savePreview } from '@signalbox/db/commands/backup/save-preview';
import { operationsOn } from '@signalbox/domain/operation/registry';
import { makeConnection, makeTenant, makeWorkspace, uniqueName } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playToEnd } from '../support/play-worker.ts';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

const vendor = 'application/vnd.tenantpilot.provider-start-outcome+json';
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

const post = (path: string, call: Call = {}) =>
  api.call(path, { method: 'POST', as: api.workspace.members.operator, ...call });
const freshTenant = () => makeTenant(api.db, api.workspace.id);
const action = (tenant: string, operation = 'inventory.sync') =>
  `/admin/t/${tenant}/provider-actions/${operation}/start`;

describe('what a start is answered', () => {
  it('accepted: 200 with exactly the members of the contract, in its media type', async () => {
    const { externalId, connectionId } = await freshTenant();
    const made = await post(action(externalId));
    const { id } = made.body.run;
    expect([made.status, made.headers.get('content-type')]).toEqual([200, vendor]);
    expect(made.body).toEqual({
      status: 'accepted',
      operationType: 'inventory.sync',
      operatorVerb: 'Sync',
      operatorTarget: `the policy inventory of ${externalId}`,
      operatorMessage: 'Sync the policy inventory was accepted and is queued.',
      shortReason: null,
      providerConnection: { id: connectionId, provider: 'graph', label: 'Graph' },
      run: { id, url: `/admin/operations/${id}`, status: 'queued' },
      nextSteps: [],
      actions: [
        { label: `Run ${id}`, href: `/w/ws-default/runs/${id}`, kind: 'run' },
        { label: 'Graph', href: `/w/ws-default/connections/${connectionId}`, kind: 'connection' },
      ],
    });
  });

  it('deduped names the active run, whichever door asked for it; scope_busy names the run that holds the scope', async () => {
    const { externalId, connectionId } = await freshTenant();
    const { run } = (await post(action(externalId))).body;
    const again = await post(`/admin/provider-connections/${connectionId}/actions/inventory.sync/start`);
    expect(again.body).toMatchObject({ status: 'deduped', shortReason: 'Already active', run });
    expect((await post(action(externalId.toUpperCase()))).body).toMatchObject({ status: 'deduped', run });
    const busy = await post(`/admin/t/${externalId}/directory/role-definitions/sync`);
    expect([busy.status, busy.headers.get('content-type')]).toEqual([200, vendor]);
    expect(busy.body).toMatchObject({
      status: 'scope_busy',
      operationType: 'directory.role_definitions.sync',
      shortReason: 'Scope busy',
      run,
      providerConnection: { id: connectionId },
    });
    const open = { label: 'Open the run that holds the scope', actionType: 'open_holder' };
    expect(busy.body.nextSteps[0]).toMatchObject({ ...open, href: `/w/ws-default/runs/${run.id}` });
  });

  it('blocked says what is missing beside the step that mends it', async () => {
    const check = { granted: [] };
    const { externalId } = await makeTenant(api.db, api.workspace.id, { check });
    const { body } = await post(action(externalId), { as: api.workspace.members.manager });
    expect(body).toMatchObject({ status: 'blocked', shortReason: 'Permission missing' });
    expect(body).not.toHaveProperty('run');
    expect(body.nextSteps[0]).toMatchObject({
      actionType: 'grant_permissions',
      description: 'Missing: DeviceManagementConfiguration.Read.All.',
    });
  });

  it('is the same under an Idempotency-Key, and 422 with another body', async () => {
    const { externalId } = await freshTenant();
    const headers = { 'idempotency-key': 'once' };
    const path = `/admin/t/${externalId}/directory/groups/sync`;
    const first = await post(path, { headers });
    expect(first.body.status).toBe('accepted');
    expect((await post(path, { headers, body: {} })).body).toEqual(first.body);
    expect((await post(path, { headers, body: { selectionKey: 'other' } })).status).toBe(422);
  });

  it('of many at once is one accepted run and its number for everybody', async () => {
    const { externalId } = await freshTenant();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(action(externalId))));
    const counted = Object.groupBy(answers, ({ body }) => body.status);
    expect([counted.accepted?.length, counted.deduped?.length]).toEqual([1, 19]);
    expect(new Set(answers.map(({ body }) => body.run.id)).size).toBe(1);
  });
});

describe('what may be started where', () => {
  it('each operation of a door starts there, and any other text is 404', async () => {
    for (const operation of operationsOn('tenant')) {
      const { externalId } = await freshTenant();
      expect([operation, (await post(action(externalId, operation))).status]).toEqual([operation, 200]);
    }
    for (const operation of operationsOn('connection')) {
      const { connectionId } = await freshTenant();
      const path = `/admin/provider-connections/${connectionId}/actions/${operation}/start`;
      expect([operation, (await post(path)).body.status]).toEqual([operation, 'accepted']);
    }
    const { externalId, connectionId } = await freshTenant();
    const names = [
      'deployment',
      'restore_execute',
      'onboarding.consent.verify',
      'bogus',
      'INVENTORY.SYNC',
      '%00',
      'toString',
    ];
    for (const name of names) {
      expect([name, (await post(action(externalId, name))).status]).toEqual([name, 404]);
      const path = `/admin/provider-connections/${connectionId}/actions/${name}/start`;
      expect([name, (await post(path)).status]).toEqual([name, 404]);
    }
    // The capture of policies is for tenants, not for connections.
    expect(
      (await post(`/admin/provider-connections/${connectionId}/actions/snapshot_capture/start`)).status,
    ).toBe(404);
  });

  it('a named connection is used; one of another tenant or workspace does not exist', async () => {
    const tenant = await makeTenant(api.db, api.workspace.id, { isDefault: false });
    const place = { workspaceId: api.workspace.id, tenantId: tenant.tenantId };
    const second = await makeConnection(api.db, place, { isDefault: false, label: 'second' });
    const named = await post(action(tenant.externalId), { body: { providerConnectionId: second } });
    expect(named.body).toMatchObject({
      status: 'accepted',
      providerConnection: { id: second, label: 'second' },
    });
    const elsewhere = await makeTenant(api.db, (await makeWorkspace(api.db)).id);
    for (const foreign of [(await freshTenant()).connectionId, elsewhere.connectionId, 2_000_000_000]) {
      for (const path of [action(tenant.externalId), `/admin/t/${tenant.externalId}/directory/groups/sync`]) {
        expect((await post(path, { body: { providerConnectionId: foreign } })).status).toBe(404);
      }
    }
  });

  it('bodies: absent, null for the connection and unknown keys are fine; a wrong kind is 400, after 404 and 403', async () => {
    const { externalId } = await freshTenant();
    const bodies = [
      undefined,
      {},
      { providerConnectionId: null },
      { extra: 1, operation: 'bogus', tenant: 'x' },
    ];
    for (const body of bodies) {
      expect((await post(action(externalId), body === undefined ? {} : { body })).status).toBe(200);
    }
    for (const [body, pointer] of [
      [{ providerConnectionId: '1' }, '/providerConnectionId'],
      [{ providerConnectionId: 1.5 }, '/providerConnectionId'],
      [{ sourceSurface: 7 }, '/sourceSurface'],
      [{ sourceSurface: 'a\nb' }, '/sourceSurface'],
      [{ targetContext: [] }, '/targetContext'],
      [{ targetContext: { long: 'x'.repeat(8_200) } }, '/targetContext'],
    ] as const) {
      const refused = await post(action(externalId), { body });
      expect([refused.status, refused.body.errors[0].pointer]).toEqual([400, pointer]);
      expect((await post(action('nowhere'), { body })).status).toBe(404);
      expect((await post(action(externalId), { body, as: api.workspace.members.viewer })).status).toBe(403);
    }
    const bad = await post(`/admin/t/${externalId}/directory/groups/sync`, { body: { selectionKey: 7 } });
    expect(bad.status).toBe(400);
    expect((await post(`${action(externalId)}?x=1`)).status).toBe(400);
    // Where the contract has no body, JSON of any kind is ignored, and anything else is not.
    const bare = `/admin/t/${externalId}/directory/role-definitions/sync`;
    expect((await post(bare, { body: [1] })).status).toBe(200);
    expect((await post(bare, { body: '{' })).status).toBe(400);
    expect((await post(bare, { body: 'x', headers: { 'content-type': 'text/plain' } })).status).toBe(415);
  });

  it('an ill-formed integer in the path is 400 before anybody is known, an unknown one 404', async () => {
    for (const id of ['x', '0', '-1', '1.5', '1e3', '2147483648', '%zz']) {
      for (const path of [
        `/admin/provider-connections/${id}/actions/inventory.sync/start`,
        `/admin/t/${api.tenant.externalId}/restore-runs/${id}/execute`,
      ]) {
        const answer = await api.call(path, { method: 'POST' });
        expect([path, answer.status]).toEqual([path, 400]);
      }
      expect((await api.call(`/admin/operations/${id}`)).status).toBe(400);
    }
  });
});

describe('what is kept of a start', () => {
  it('where it was asked and in what context, with the run and in the audit, and outside what makes two equal', async () => {
    const { externalId } = await freshTenant();
    const said = {
      sourceSurface: 'tenant.page',
      targetContext: { board: 7, nested: { note: '<b>', password: 'planted' } },
    };
    const made = await post(action(externalId), { body: said });
    const again = await post(action(externalId), { body: { sourceSurface: 'another' } });
    expect([made.body.status, again.body.status]).toEqual(['accepted', 'deduped']);
    const targetContext = { board: 7, nested: { note: '<b>', password: '[redacted]' } };
    const context = { surface: 'provider-dispatch.tenant', ...said, targetContext };
    const [run] = await admin`select context from runs where id = ${made.body.run.id}`;
    expect(run?.context).toEqual(context);
    const entries = await admin`
      select action, details from audit_entries
      where request_id in (${made.headers.get('x-request-id')}, ${again.headers.get('x-request-id')}) order by id`;
    expect(entries).toMatchObject([
      { action: 'run.created', details: { from: context } },
      { action: 'run.start_deduped', details: { from: { sourceSurface: 'another' } } },
    ]);
  });
});

describe('a restore', () => {
  async function preview(tenantId: number, saved: boolean): Promise<number> {
    const as = api.workspace.members.operator;
    const set = (
      await api.call('/v1/backup-sets', { method: 'POST', as, body: { tenantId, name: uniqueName('set') } })
    ).body.id;
    const [run] = await admin`
      insert into runs (workspace_id, uid, operation, tenant_id, connection_id, status, input, event_seq,
        initiator_kind, initiator_name, codename, tags, context)
      select ${api.workspace.id}, gen_random_uuid(), 'restore_preview', ${tenantId}, c.id, 'queued', '{}', 0,
        'user', 'test', 'test', '{}', '{}'
      from connections c where c.tenant_id = ${tenantId} order by c.id limit 1 returning id::int`;
    const runId = Number(run?.id);
    await api.db.inWorkspace(api.workspace.id, (tx) => savePreview(tx, { runId, setId: set }, []));
    if (saved) await playToEnd(api.db, { workspaceId: api.workspace.id, runId }, { total: 1, failed: 0 });
    return runId;
  }
  const execute = (tenant: string, run: number | string, call: Call = {}) =>
    post(`/admin/t/${tenant}/restore-runs/${run}/execute`, call);

  it('goes through the connection that its preview went through', async () => {
    const tenant = await makeTenant(api.db, api.workspace.id, { isDefault: false });
    const place = { workspaceId: api.workspace.id, tenantId: tenant.tenantId };
    await makeConnection(api.db, place, { isDefault: false });
    const run = await preview(tenant.tenantId, true);
    const made = await execute(tenant.externalId, run);
    expect(made.body).toMatchObject({
      status: 'accepted',
      operationType: 'restore_execute',
      operatorVerb: 'Restore',
      providerConnection: { id: tenant.connectionId },
    });
    const [kept] = await admin`select input from runs where id = ${made.body.run.id}`;
    expect(kept?.input).toEqual({ previewRunId: run });
  });

  it('takes only a preview of this tenant that succeeded; any other run is 404', async () => {
    const [tenant, other] = [await freshTenant(), await freshTenant()];
    const [mine, unfinished] = [await preview(tenant.tenantId, true), await preview(tenant.tenantId, false)];
    const capture = (await post(action(other.externalId, 'snapshot_capture'))).body.run.id;
    expect((await execute(other.externalId, mine)).status).toBe(404);
    expect((await execute(tenant.externalId, unfinished)).status).toBe(404);
    expect((await execute(other.externalId, capture)).status).toBe(404);
    expect((await execute(tenant.externalId, 2_000_000_000)).status).toBe(404);
    expect((await execute(tenant.externalId, mine, { as: api.workspace.members.viewer })).status).toBe(403);
    expect((await execute(tenant.externalId, mine)).body.status).toBe('accepted');
  });
});
