import { randomUUID } from 'node:crypto';
import { getBackupSet, listBackupSets } from '@signalbox/db/queries/backup/backup-sets';
import { listPreviews } from '@signalbox/db/queries/backup/restore-previews';
import { getConnection, listConnections } from '@signalbox/db/queries/connection/connections';
import { listPolicies } from '@signalbox/db/queries/inventory/policies';
import { getTenant, listTenants } from '@signalbox/db/queries/inventory/tenants';
import { getRun, visibleRuns } from '@signalbox/db/queries/run/get-run';
import { listRuns } from '@signalbox/db/queries/run/list-runs';
import { runEventsOf } from '@signalbox/db/queries/run/run-parts';
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
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

/** Ids of one workspace's things, as the grid needs them. */
interface Ids {
  readonly run: number;
  readonly uid: string;
  readonly tenant: number;
  readonly externalId: string;
  readonly connection: number;
  readonly set: number;
}

/** One operation that names something: how it is asked, and how badly its body can be. */
interface Position {
  readonly method?: Call['method'];
  readonly path: (ids: Ids) => string;
  readonly body?: (ids: Ids) => Record<string, unknown>;
  /** The least role that may do it; viewers lack it when it is another. */
  readonly operator?: true;
}

const grid: Readonly<Record<string, Position>> = {
  readRun: { path: ({ run }) => `/v1/runs/${run}` },
  listRunSteps: { path: ({ run }) => `/v1/runs/${run}/steps` },
  listRunItems: { path: ({ run }) => `/v1/runs/${run}/items` },
  listRunEvents: { path: ({ run }) => `/v1/runs/${run}/events` },
  listRunLogs: { path: ({ run }) => `/v1/runs/${run}/logs` },
  getRunPreview: { path: ({ run }) => `/v1/runs/${run}/preview` },
  cancelRun: {
    method: 'POST',
    path: ({ run }) => `/v1/runs/${run}/cancel`,
    body: () => ({}),
    operator: true,
  },
  replayRun: {
    method: 'POST',
    path: ({ run }) => `/v1/runs/${run}/replay`,
    body: () => ({}),
    operator: true,
  },
  retryFailedItems: {
    method: 'POST',
    path: ({ run }) => `/v1/runs/${run}/retry-failed-items`,
    body: () => ({}),
    operator: true,
  },
  createRun: {
    method: 'POST',
    path: () => '/v1/runs',
    body: ({ tenant }) => ({ operation: 'snapshot_capture', tenantId: tenant }),
    operator: true,
  },
  whatIfRun: {
    method: 'POST',
    path: () => '/v1/runs/what-if',
    body: ({ connection }) => ({ operation: 'snapshot_capture', connectionId: connection }),
    operator: true,
  },
  startRun: {
    method: 'POST',
    path: ({ externalId }) => `/admin/t/${externalId}/runs/snapshot_capture`,
    body: () => ({}),
    operator: true,
  },
  getRun: { path: ({ externalId, uid }) => `/admin/t/${externalId}/runs/snapshot_capture/${uid}` },
  getTenant: { path: ({ tenant }) => `/v1/tenants/${tenant}` },
  listPolicies: { path: ({ tenant }) => `/v1/policies?tenantId=${tenant}` },
  getConnection: { path: ({ connection }) => `/v1/connections/${connection}` },
  checkConnection: {
    method: 'POST',
    path: ({ connection }) => `/v1/connections/${connection}/check`,
    operator: true,
  },
  getBackupSet: { path: ({ set }) => `/v1/backup-sets/${set}` },
  listBackupItems: { path: ({ set }) => `/v1/backup-sets/${set}/items` },
  createBackupSet: {
    method: 'POST',
    path: () => '/v1/backup-sets',
    body: ({ tenant }) => ({ tenantId: tenant, name: 'planted' }),
    operator: true,
  },
};

/** Operations that name nothing. */
const nameless = ['listRuns', 'listOperations', 'listTenants', 'listConnections', 'listBackupSets'].concat([
  'listRestorePreviews',
  'getMe',
  'signOut',
]);
const open = ['signIn', 'login', 'getSignInOptions', 'health', 'livez', 'readyz'];

const unknown: Ids = {
  run: 2_000_000_001,
  uid: randomUUID(),
  tenant: 2_000_000_002,
  externalId: 'no-such-tenant',
  connection: 2_000_000_003,
  set: 2_000_000_004,
};

let api: TestApi;
let other: TestWorkspace;
let own: Ids;

beforeAll(async () => {
  api = await startTestApi();
  other = await makeWorkspace(api.db, 'ws-other');
  const as = api.workspace.members.operator;
  const body = { tenantId: api.tenant.tenantId, name: 'nightly' };
  const set = await api.call('/v1/backup-sets', { method: 'POST', as, body });
  const start = await api.call('/v1/runs', {
    method: 'POST',
    as,
    body: { operation: 'snapshot_capture', tenantId: api.tenant.tenantId },
  });
  own = {
    run: start.body.run.id,
    uid: start.body.run.uid,
    tenant: api.tenant.tenantId,
    externalId: api.tenant.externalId,
    connection: api.tenant.connectionId,
    set: set.body.id,
  };
});
afterAll(() => api.close());

const anonymous = (text: string) => text.replace(/"requestId":"[^"]+"/, '');

it('every operation of the API is in the grid', () => {
  const served = restOperations(appRouter).map(({ facts }) => facts.operationId);
  expect(served.sort()).toEqual([...Object.keys(grid), ...nameless, ...open].sort());
});

/** Asks for one place of the grid; `worse` is added to its body. */
function ask(name: string, ids: Ids, { worse, ...call }: Call & { worse?: object } = {}) {
  const { method = 'GET', path, body } = grid[name] as Position;
  const given = body === undefined ? {} : { body: { ...body(ids), ...worse } };
  return api.call(path(ids), { method, ...given, ...call });
}

const names = Object.keys(grid);
const worse = { nonsense: 1 };

describe.each(names)('%s', (name) => {
  it('is 401 to nobody, whatever else is wrong', async () => {
    for (const ids of [own, unknown]) expect((await ask(name, ids, { worse })).status).toBe(401);
  });

  it('answers an outsider the same for what is there and what is not', async () => {
    const as = other.members.owner;
    const there = await ask(name, own, { as, worse });
    const nowhere = await ask(name, unknown, { as, worse });
    expect([there.status, nowhere.status]).toEqual([404, 404]);
    expect(anonymous(there.text)).toBe(anonymous(nowhere.text));
  });

  it('is 404 in a workspace the caller cannot select', async () => {
    const headers = { 'x-workspace-id': api.workspace.id };
    expect((await ask(name, own, { as: other.members.owner, headers })).status).toBe(404);
  });
});

it.each(names.filter((name) => grid[name]?.operator))(
  '%s is 404 before 403 and 403 before 400 to a viewer',
  async (name) => {
    const as = api.workspace.members.viewer;
    expect((await ask(name, unknown, { as, worse })).status).toBe(404);
    const denied = await ask(name, own, { as, worse });
    expect(denied.status).toBe(403);
    expect(denied.body.detail).toContain(denied.body.capability);
  },
);

it.each(names.filter((name) => grid[name]?.body))(
  '%s is 400 with a pointer for an unknown key, and nothing happens',
  async (name) => {
    const refused = await ask(name, own, { as: api.workspace.members.operator, worse });
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toContainEqual({ pointer: '/nonsense', detail: 'is not a known field' });
  },
);

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

describe('when the checks of the API are left out', () => {
  it('the database still shows an outsider nothing', async () => {
    // As if every check had let this caller pass: entitled to all, with the ids of the other workspace.
    const principal = { ...api.workspace.members.owner, tenants: 'all' as const };
    const leaks = await api.db.inWorkspace(other.id, async (tx) => [
      await getRun(tx, principal, { id: own.run }),
      await getRun(tx, principal, { uid: own.uid }),
      ...(await visibleRuns(tx, principal, [own.run])),
      ...(await listRuns(tx, principal, { filter: {}, cursor: null, limit: 10 })).items,
      ...(await runEventsOf(tx, own.run, { after: 0, limit: 10 })),
      await getTenant(tx, principal, { id: own.tenant }),
      await getTenant(tx, principal, { externalId: own.externalId }),
      ...(await listTenants(tx, principal, { after: null, limit: 10 })),
      await getConnection(tx, principal, own.connection),
      ...(await listConnections(tx, principal, { after: 0, limit: 10 })),
      await getBackupSet(tx, principal, own.set),
      ...(await listBackupSets(tx, principal, { before: null, limit: 10 })),
      ...(await listPreviews(tx, principal, { before: null, limit: 10 })),
      ...(await listPolicies(tx, own.tenant, { after: null, limit: 10 })),
    ]);
    expect(leaks.filter((leak) => leak !== null)).toEqual([]);
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
