import { complianceSnapshots, groups, policies, roleDefinitions } from '@signalbox/db/schema/inventory';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playToEnd } from '../support/play-worker.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await seed();
});
afterAll(() => api.close());

const seenAt = new Date('2026-03-01T10:00:00.000Z');
const removedAt = new Date('2026-03-02T10:00:00.000Z');
const names = ['100% Legal', '100 Legal', 'a_b', 'axb', 'Same', 'Same', 'Zebra'];

/** Rows as syncs keep them. */
async function seed(): Promise<void> {
  const workspaceId = api.workspace.id;
  const { tenantId } = api.tenant;
  const base = { workspaceId, tenantId, lastSeenAt: seenAt };
  const { body } = await api.call('/v1/runs', {
    method: 'POST',
    as: api.workspace.members.operator,
    body: { operation: 'compliance.snapshot', tenantId },
  });
  await api.db.inWorkspace(workspaceId, async (tx) => {
    await tx.query
      .insert(groups)
      .values([
        ...names.map((name, index) => ({ ...base, externalId: `g${index}`, name })),
        { ...base, externalId: 'gone', name: 'Gone', removedAt },
      ]);
    await tx.query.update(groups).set({
      description: 'All of them',
      details: {
        mail: 'all@contoso.example',
        mailEnabled: true,
        securityEnabled: false,
        groupTypes: ['Unified'],
      },
    });
    await tx.query.insert(roleDefinitions).values([
      { ...base, source: 'entra', externalId: 'r1', name: 'Reader', builtIn: true, permissions: ['a/read'] },
      { ...base, source: 'intune', externalId: 'r1', name: 'Reader', builtIn: false },
      { ...base, source: 'intune', externalId: 'r2', name: 'Gone', builtIn: false, removedAt },
    ]);
    const kind = 'deviceConfiguration';
    await tx.query.insert(policies).values([
      { ...base, externalId: 'p1', kind, name: 'There' },
      { ...base, externalId: 'p2', kind, name: 'Gone', removedAt },
    ]);
    const states = { compliant: 3, noncompliant: 1 };
    await tx.query
      .insert(complianceSnapshots)
      .values({ workspaceId, tenantId, runId: body.run.id, devices: 4, states });
  });
  await playToEnd(api.db, { workspaceId, runId: body.run.id }, { total: 0, failed: 0 });
}

const get = (path: string) => api.call(path, { as: api.workspace.members.viewer });
const list = (path: string) => get(`${path}${path.includes('?') ? '&' : '?'}tenantId=${api.tenant.tenantId}`);
const named = (answer: { body: { items: { name: string }[] } }) => answer.body.items.map(({ name }) => name);

describe('groups', () => {
  it('are read page by page in the order of their names, each once, also where two have one name', async () => {
    const seen: string[] = [];
    const ids = new Set<number>();
    let cursor = '';
    for (let pages = 0; pages < 10; pages += 1) {
      const { status, body } = await list(`/v1/groups?limit=2${cursor}`);
      expect(status).toBe(200);
      for (const { id, name } of body.items) {
        ids.add(id);
        seen.push(name);
      }
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect([...seen].sort()).toEqual([...names].sort());
    expect(ids.size).toBe(names.length);
    expect(seen).toEqual(named(await list('/v1/groups')));
  });

  it('show what is known of them, and those that are gone only where that is asked for', async () => {
    const { body } = await list('/v1/groups?removed=only');
    expect(body.items).toEqual([
      {
        id: expect.any(Number),
        groupId: 'gone',
        name: 'Gone',
        description: 'All of them',
        mail: 'all@contoso.example',
        mailEnabled: true,
        securityEnabled: false,
        kinds: ['Unified'],
        lastSeenAt: seenAt.toISOString(),
        removedAt: removedAt.toISOString(),
      },
    ]);
    expect(named(await list('/v1/groups?removed=with'))).toHaveLength(names.length + 1);
  });

  it('are searched by a part of the name that means what it says', async () => {
    const search = async (text: string) => named(await list(`/v1/groups?search=${encodeURIComponent(text)}`));
    expect(await search('0%')).toEqual(['100% Legal']);
    expect(await search('A_B')).toEqual(['a_b']);
    expect(await search("'")).toEqual([]);
    expect(await search('\\')).toEqual([]);
    expect((await search('LEGAL')).sort()).toEqual(['100 Legal', '100% Legal']);
  });
});

it('role definitions are read by where they come from', async () => {
  const { body } = await list('/v1/role-definitions?source=entra');
  expect(body.items).toMatchObject([
    { roleDefinitionId: 'r1', source: 'entra', name: 'Reader', builtIn: true, permissions: ['a/read'] },
  ]);
  expect((await list('/v1/role-definitions')).body.items).toHaveLength(2);
  expect((await list('/v1/role-definitions?removed=with')).body.items).toHaveLength(3);
});

it('policies say when a sync no longer found them', async () => {
  expect(named(await list('/v1/policies?removed=without'))).toEqual(['There']);
  expect((await list('/v1/policies?removed=only')).body.items).toMatchObject([
    { name: 'Gone', lastSeenAt: seenAt.toISOString(), removedAt: removedAt.toISOString() },
  ]);
  expect((await list('/v1/policies')).body.items).toHaveLength(2);
});

it('a tenant says how much is known of it, and its newest compliance snapshot', async () => {
  const snapshots = await list('/v1/compliance-snapshots');
  const states = { compliant: 3, noncompliant: 1 };
  expect(snapshots.body.items).toMatchObject([{ devices: 4, states, takenAt: expect.any(String) }]);
  expect((await get(`/v1/tenants/${api.tenant.tenantId}`)).body.inventory).toEqual({
    groups: names.length,
    roleDefinitions: 2,
    policies: 1,
    compliance: snapshots.body.items[0],
  });
});

it.each(['groups', 'role-definitions', 'compliance-snapshots'])(
  '%s refuse a query that means nothing',
  async (path) => {
    for (const query of [
      'limit=0',
      'limit=201',
      'limit=1e1',
      'cursor=abc',
      'nosuch=1',
      'removed=maybe',
      'source=ad',
    ]) {
      expect((await list(`/v1/${path}?${query}`)).status, query).toBe(400);
    }
    expect((await get(`/v1/${path}?tenantId=1.5`)).status).toBe(400);
    expect((await get(`/v1/${path}`)).status).toBe(400);
  },
);
