import { members, memberTenants } from '@signalbox/db/schema/access';
import { makeTenant, makeUser } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let ownRun: number;

beforeAll(async () => {
  api = await startTestApi();
  const body = { operation: 'snapshot_capture', tenantId: api.tenant.tenantId };
  const as = api.workspace.members.operator;
  ownRun = (await api.call('/v1/runs', { method: 'POST', as, body })).body.run.id;
});
afterAll(() => api.close());

const worse = { nonsense: 1 };

it('a connection of another tenant is 404 before the body is judged, though both may be seen', async () => {
  const { connectionId } = await makeTenant(api.db, api.workspace.id);
  const body = { operation: 'snapshot_capture', tenantId: api.tenant.tenantId, connectionId, ...worse };
  const as = api.workspace.members.operator;
  expect((await api.call('/v1/runs', { method: 'POST', as, body })).status).toBe(404);
});

describe('a member with some tenants only', () => {
  it('does not know of runs, connections and sets of the others, in lists, by id or at the gate', async () => {
    const hidden = await makeTenant(api.db, api.workspace.id, { externalId: 'hidden' });
    const operator = api.workspace.members.operator;
    const started = await api.call('/v1/runs', {
      method: 'POST',
      as: operator,
      body: { operation: 'snapshot_capture', tenantId: hidden.tenantId },
    });
    const { narrow } = await narrowMember(api.tenant.tenantId);
    const call = (path: string, more: Call = {}) => api.call(path, { ...more, as: narrow });
    const runs = (await call('/v1/runs')).body.items.map(({ id }: { id: number }) => id);
    expect(runs).toEqual([ownRun]);
    expect((await call(`/v1/runs/${started.body.run.id}`)).status).toBe(404);
    expect(
      (await call('/v1/tenants')).body.items.map((each: { externalId: string }) => each.externalId),
    ).toEqual(['contoso']);
    expect((await call('/v1/connections')).body.items).toHaveLength(1);
    expect((await call(`/v1/connections/${hidden.connectionId}`)).status).toBe(404);
    const body = { operation: 'snapshot_capture', tenantId: hidden.tenantId };
    expect((await call('/v1/runs', { method: 'POST', body })).status).toBe(404);
    const named = { ...body, tenantId: api.tenant.tenantId, connectionId: hidden.connectionId };
    expect((await call('/v1/runs', { method: 'POST', body: named })).status).toBe(404);
  });
});

describe('the workspace of a call', () => {
  const me = (headers: Record<string, string>) =>
    api.call('/v1/me', { as: api.workspace.members.owner, headers });

  it('is selected by either header among what the caller has', async () => {
    expect((await me({})).body.current.workspaceId).toBe('ws-default');
    expect((await me({ 'x-workspace-id': 'ws-default' })).status).toBe(200);
    expect((await me({ 'x-org-id': 'ws-default' })).status).toBe(200);
  });

  it('is 404 when it is not the caller’s, and 400 when the headers disagree', async () => {
    expect((await me({ 'x-workspace-id': 'ws-other' })).status).toBe(404);
    expect((await me({ 'x-workspace-id': '' })).status).toBe(404);
    expect((await me({ 'x-workspace-id': 'ws-default, ws-other' })).status).toBe(404);
    expect((await me({ 'x-workspace-id': 'ws-default', 'x-org-id': 'ws-other' })).status).toBe(400);
  });
});

/** Adds a member who is entitled to one tenant. */
async function narrowMember(tenantId: number) {
  const user = await makeUser(api.db, 'narrow');
  const workspaceId = api.workspace.id;
  await api.db.inWorkspace(workspaceId, async (tx) => {
    await tx.query
      .insert(members)
      .values({ workspaceId, userId: user.userId, role: 'operator', allTenants: false });
    await tx.query.insert(memberTenants).values({ workspaceId, userId: user.userId, tenantId });
  });
  return { narrow: { ...user, workspaceId, role: 'operator' as const, tenants: [tenantId] } };
}
