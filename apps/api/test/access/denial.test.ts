import { members, memberTenants } from '@signalbox/db/schema/access';
import {
  makeTenant,
  makeUser,
  makeWorkspace,
  type TestWorkspace,
} from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restOperations } from '../../src/openapi/operations.ts';
import { appRouter } from '../../src/router.ts';
import { ask, grid, type Ids, makeThings, unknown } from '../support/grid.ts';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

/** Operations that name nothing. */
const nameless = ['listRuns', 'listOperations', 'listTenants', 'listConnections', 'listBackupSets'].concat([
  'listRestorePreviews',
  'getOverview',
  'countRuns',
  'listSavedViews',
  'createSavedView',
  'listBulkActions',
  'listRefusals',
  'listWorkers',
  'listApiKeys',
  'createApiKey',
  'getCaller',
  'getMe',
  'signOut',
  'listSessions',
  'revokeOtherSessions',
  'changePassword',
]);
const open = ['signIn', 'login', 'refreshToken', 'setUp', 'getSignInOptions', 'health', 'livez', 'readyz'];

let api: TestApi;
let other: TestWorkspace;
let own: Ids;

beforeAll(async () => {
  api = await startTestApi();
  other = await makeWorkspace(api.db, 'ws-other');
  own = await makeThings(api);
});
afterAll(() => api.close());

const anonymous = (text: string) => text.replace(/"requestId":"[^"]+"/, '');

it('every operation of the API is in the grid', () => {
  const served = restOperations(appRouter).map(({ facts }) => facts.operationId);
  expect(served.sort()).toEqual([...Object.keys(grid), ...nameless, ...open].sort());
});

const names = Object.keys(grid);
const worse = { nonsense: 1 };

describe.each(names)('%s', (name) => {
  it('is 401 to nobody, whatever else is wrong', async () => {
    for (const ids of [own, unknown]) expect((await ask(api, name, { ids, worse })).status).toBe(401);
  });

  it('answers an outsider the same for what is there and what is not', async () => {
    const as = other.members.owner;
    const there = await ask(api, name, { ids: own, as, worse });
    const nowhere = await ask(api, name, { ids: unknown, as, worse });
    expect([there.status, nowhere.status]).toEqual([404, 404]);
    expect(anonymous(there.text)).toBe(anonymous(nowhere.text));
  });

  it('is 404 in a workspace the caller cannot select', async () => {
    const headers = { 'x-workspace-id': api.workspace.id };
    expect((await ask(api, name, { ids: own, as: other.members.owner, headers })).status).toBe(404);
  });
});

it.each(names.filter((name) => grid[name]?.operator))(
  '%s is 404 before 403 and 403 before 400 to a viewer',
  async (name) => {
    const as = api.workspace.members.viewer;
    expect((await ask(api, name, { ids: unknown, as, worse })).status).toBe(404);
    const denied = await ask(api, name, { ids: own, as, worse });
    expect(denied.status).toBe(403);
    expect(denied.body.detail).toContain(denied.body.capability);
  },
);

it.each(names.filter((name) => grid[name]?.body))(
  '%s is 400 with a pointer for an unknown key, and nothing happens',
  async (name) => {
    const { operator, manager, owner } = api.workspace.members;
    const as = grid[name]?.owner ? owner : grid[name]?.manager ? manager : operator;
    const refused = await ask(api, name, { ids: own, as, worse });
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toContainEqual({ pointer: '/nonsense', detail: 'is not a known field' });
  },
);

it('a connection of another tenant is 404 before the body is judged, though both may be seen', async () => {
  const { connectionId } = await makeTenant(api.db, api.workspace.id);
  const body = { operation: 'snapshot_capture', tenantId: own.tenant, connectionId, ...worse };
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
    const { narrow } = await narrowMember(own.tenant);
    const call = (path: string, more: Call = {}) => api.call(path, { ...more, as: narrow });
    const runs = (await call('/v1/runs')).body.items.map(({ id }: { id: number }) => id);
    expect(runs).toEqual([own.run]);
    expect((await call(`/v1/runs/${started.body.run.id}`)).status).toBe(404);
    expect(
      (await call('/v1/tenants')).body.items.map((each: { externalId: string }) => each.externalId),
    ).toEqual(['contoso']);
    expect((await call('/v1/connections')).body.items).toHaveLength(1);
    expect((await call(`/v1/connections/${hidden.connectionId}`)).status).toBe(404);
    const body = { operation: 'snapshot_capture', tenantId: hidden.tenantId };
    expect((await call('/v1/runs', { method: 'POST', body })).status).toBe(404);
    const named = { ...body, tenantId: own.tenant, connectionId: hidden.connectionId };
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
