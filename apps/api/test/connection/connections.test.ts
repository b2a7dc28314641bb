import { makeConnection, makeTenant } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const read = (path: string) => api.call(path, { as: api.workspace.members.viewer });

describe('a provider connection', () => {
  it('shows health and permissions, and never its credential', async () => {
    const tenant = await makeTenant(api.db, api.workspace.id, {
      secret: 'the-secret-itself',
      settings: { clientId: 'client' },
      check: {
        health: 'warning',
        healthReason: 'permission_missing',
        granted: ['DeviceManagementConfiguration.Read.All'],
      },
    });
    const answer = await read(`/v1/connections/${tenant.connectionId}`);
    expect(answer.text).not.toContain('the-secret-itself');
    expect(answer.body).toMatchObject({
      credential: 'present',
      healthReason: { code: 'permission_missing' },
    });
    const permission = (name: string) =>
      answer.body.permissions.find((each: { name: string }) => each.name === name);
    expect(permission('DeviceManagementConfiguration.Read.All')).toMatchObject({ granted: true });
    expect(permission('DeviceManagementConfiguration.ReadWrite.All')).toMatchObject({
      granted: false,
      neededBy: ['restore_execute'],
    });
    expect(answer.body).not.toHaveProperty('holder');
  });

  it('is checked through the gate, once at a time, and names the run that holds its scope', async () => {
    const { connectionId } = await makeTenant(api.db, api.workspace.id, { check: null });
    const check = () =>
      api.call(`/v1/connections/${connectionId}/check`, {
        method: 'POST',
        as: api.workspace.members.operator,
      });
    const first = await check();
    expect(first.status).toBe(201);
    expect(first.body.run.operation).toBe('provider.connection.check');
    expect((await check()).status).toBe(200);
    expect((await read(`/v1/connections/${connectionId}`)).body.holder.runId).toBe(first.body.run.id);
  });

  it('a list can be narrowed to a tenant and read page by page', async () => {
    const tenant = await makeTenant(api.db, api.workspace.id);
    const place = { workspaceId: api.workspace.id, tenantId: tenant.tenantId };
    for (const label of ['second', 'third']) await makeConnection(api.db, place, { label, isDefault: false });
    const path = `/v1/connections?tenantId=${tenant.tenantId}&limit=2`;
    const first = (await read(path)).body;
    const second = (await read(`${path}&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items].map(({ label }) => label)).toEqual(['Graph', 'second', 'third']);
  });
});

describe('tenants', () => {
  it('are listed by name with what is in them', async () => {
    await makeTenant(api.db, api.workspace.id, { externalId: 'aardvark' });
    const { items } = (await read('/v1/tenants?limit=1')).body;
    expect(items).toMatchObject([{ externalId: 'aardvark', connections: 1, backupSets: 0, activeRuns: 0 }]);
    expect((await read(`/v1/tenants/${items[0].id}`)).body).toMatchObject(items[0]);
  });

  it.each(['0', '-1', '1.5', '1e3', '2147483648', 'x', '%00', '01'])(
    'an ill-formed id is 400 before 401: %s',
    async (id) => {
      expect((await api.call(`/v1/tenants/${id}`)).status).toBe(400);
    },
  );
});

describe('the catalogue of operations', () => {
  it('gives each with the schema of its input, and marks what the caller may not start', async () => {
    const ask = async (as: typeof api.workspace.members.viewer) =>
      (await api.call('/v1/operations', { as })).body.items;
    const viewer = await ask(api.workspace.members.viewer);
    const operator = await ask(api.workspace.members.operator);
    expect(viewer.every(({ allowed }: { allowed: boolean }) => !allowed)).toBe(true);
    expect(operator.every(({ allowed }: { allowed: boolean }) => allowed)).toBe(true);
    const capture = operator.find(({ name }: { name: string }) => name === 'snapshot_capture');
    expect(capture.inputSchema).toMatchObject({
      type: 'object',
      additionalProperties: false,
      properties: { policyIds: { type: 'array', maxItems: 5_000 } },
    });
  });
});
