import type { Person } from '@signalbox/domain/access/principal';
import {
  makeTenant,
  makeUser,
  makeWorkspace,
  type TestWorkspace,
  uniqueName,
} from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinAs } from '../support/join-as.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let other: TestWorkspace;
let owner: Person;

beforeAll(async () => {
  api = await startTestApi();
  other = await makeWorkspace(api.db, 'ws-other');
  owner = api.workspace.members.owner;
});
afterAll(() => api.close());

const change = (id: number, body: object, as = owner) =>
  api.call(`/v1/members/${id}`, { method: 'PATCH', as, body });
const remove = (id: number, as = owner) => api.call(`/v1/members/${id}`, { method: 'DELETE', as });

/** Another member, who came in by an invitation. */
const joined = (place: { role: string; tenants?: readonly number[] }) => joinAs(api, owner, place);

async function lastEntry(action: string) {
  const rows = await withAdmin(
    api.databaseUrl,
    (sql) => sql<{ id: string; actor_name: string; object_id: string; details: object }[]>`
      select id, actor_name, object_id, details from audit_entries where action = ${action} order by id desc limit 1`,
  );
  return rows[0];
}

test('members are listed by name, page by page, by role and by a part of the name taken literally', async () => {
  const names: string[] = [];
  let query = '?limit=2';
  for (;;) {
    const { body } = await api.call(`/v1/members${query}`, { as: owner });
    names.push(...body.items.map((each: { username: string }) => each.username));
    if (body.nextCursor === null) break;
    query = `?limit=2&cursor=${body.nextCursor}`;
  }
  expect(names).toEqual([...names].sort());
  expect(names).toEqual(
    expect.arrayContaining(Object.values(api.workspace.members).map((each) => each.username)),
  );
  const found = async (search: string, as = owner) =>
    (await api.call(`/v1/members?${search}`, { as })).body.items.map((each: { id: number }) => each.id);
  const { operator, viewer } = api.workspace.members;
  expect(await found('role=operator')).toContain(operator.userId);
  expect(await found(`text=${viewer.username.toUpperCase()}`)).toEqual([viewer.userId]);
  for (const wild of ['%25', '_', '%5C', "'"]) expect(await found(`text=${wild}`)).toEqual([]);
  // Emails are looked into only for those who see them.
  expect(await found('text=example.org')).not.toEqual([]);
  expect(await found('text=example.org', viewer)).toEqual([]);
});

test('who does not manage members sees names and roles, and nothing personal', async () => {
  const { viewer, operator } = api.workspace.members;
  const seen = (await api.call(`/v1/members/${operator.userId}`, { as: viewer })).body;
  expect(Object.keys(seen).sort()).toEqual(['id', 'role', 'since', 'tenants', 'uid', 'username']);
  const managed = (await api.call(`/v1/members/${operator.userId}`, { as: owner })).body;
  expect(managed).toMatchObject({ email: `${operator.username}@example.org`, secondFactor: false });
});

test('a member with a list sees of others’ lists only tenants of their own', async () => {
  const [one, two] = [await makeTenant(api.db, api.workspace.id), await makeTenant(api.db, api.workspace.id)];
  const narrow = await joined({ role: 'viewer', tenants: [one.tenantId] });
  const both = await joined({ role: 'viewer', tenants: [one.tenantId, two.tenantId] });
  const seen = async (as: Person) =>
    (await api.call(`/v1/members/${both.userId}`, { as })).body.tenants.map(({ id }: { id: number }) => id);
  expect(await seen(narrow)).toEqual([one.tenantId]);
  expect(new Set(await seen(owner))).toEqual(new Set([one.tenantId, two.tenantId]));
});

test('a role changes what its holder may do from their next call on, and the log tells both', async () => {
  const person = await joined({ role: 'viewer' });
  const start = () =>
    api.call('/v1/backup-sets', {
      method: 'POST',
      as: person,
      body: { tenantId: api.tenant.tenantId, name: uniqueName('set') },
    });
  expect((await start()).status).toBe(403);
  const changed = await change(person.userId, { role: 'operator' });
  expect(changed).toMatchObject({ status: 200, body: { role: 'operator', tenants: 'all' } });
  expect((await start()).status).toBe(201);
  expect(await lastEntry('member.changed')).toMatchObject({
    actor_name: owner.username,
    object_id: String(person.userId),
    details: {
      username: person.username,
      before: { role: 'viewer', tenants: 'all' },
      after: { role: 'operator', tenants: 'all' },
    },
  });
});

test('a list of tenants takes the others away at once, and a change to what is so leaves no entry', async () => {
  const hidden = await makeTenant(api.db, api.workspace.id);
  const person = await joined({ role: 'operator' });
  const sees = async () => (await api.call(`/v1/tenants/${hidden.tenantId}`, { as: person })).status;
  expect(await sees()).toBe(200);
  const list = { tenants: [api.tenant.tenantId] };
  expect((await change(person.userId, list)).body.tenants).toMatchObject([{ externalId: 'contoso' }]);
  expect(await sees()).toBe(404);
  const before = await lastEntry('member.changed');
  expect((await change(person.userId, list)).status).toBe(200);
  expect((await lastEntry('member.changed'))?.id).toBe(before?.id);
  expect((await change(person.userId, { tenants: 'all' })).body.tenants).toBe('all');
  expect(await sees()).toBe(200);
});

test('an owner sees all tenants: a list for one is refused, and promotion clears it', async () => {
  const person = await joined({ role: 'operator', tenants: [api.tenant.tenantId] });
  const both = await change(person.userId, { role: 'owner', tenants: [api.tenant.tenantId] });
  expect(both).toMatchObject({ status: 400, body: { errors: [{ pointer: '/tenants' }] } });
  expect((await change(person.userId, { role: 'owner' })).body).toMatchObject({
    role: 'owner',
    tenants: 'all',
  });
  const list = await change(person.userId, { tenants: [api.tenant.tenantId] });
  expect(list).toMatchObject({ status: 400, body: { errors: [{ pointer: '/tenants' }] } });
  expect((await remove(person.userId)).status).toBe(200);
});

test('the last owner is neither lowered nor removed', async () => {
  for (const role of ['viewer', 'operator', 'manager']) {
    expect(await change(owner.userId, { role })).toMatchObject({ status: 409, body: { code: 'conflict' } });
  }
  expect((await remove(owner.userId)).status).toBe(409);
  expect((await api.call(`/v1/members/${owner.userId}`, { as: owner })).body.role).toBe('owner');
});

test('of two owners who lower each other at once exactly one succeeds, every time', async () => {
  for (let round = 0; round < 6; round += 1) {
    const second = await joined({ role: 'owner' });
    const answers = await Promise.all([
      change(second.userId, { role: 'manager' }),
      change(owner.userId, { role: 'manager' }, second),
    ]);
    const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
    expect(statuses).toEqual([200, expect.toBeOneOf([403, 409])]);
    const { items } = (await api.call('/v1/members?role=owner', { as: owner })).body;
    expect(items).toHaveLength(1);
    const [left] = items;
    // The one who won gives the place back where it was.
    if (left.id === second.userId) {
      expect((await change(owner.userId, { role: 'owner' }, second)).status).toBe(200);
    }
    expect((await remove(second.userId)).status).toBe(200);
  }
});

test('of two owners who remove each other at once one is left', async () => {
  for (let round = 0; round < 4; round += 1) {
    const second = await joined({ role: 'owner' });
    await Promise.all([remove(second.userId), remove(owner.userId, second)]);
    const by = (await api.call('/v1/me', { as: second })).status === 200 ? second : owner;
    expect((await api.call('/v1/members?role=owner', { as: by })).body.items).toHaveLength(1);
    if (by === owner) continue;
    await joinAs(api, second, { role: 'owner', person: owner });
    expect((await remove(second.userId)).status).toBe(200);
  }
});

test('a removed member is somebody else’s guest at once: 404 everywhere, and may come back', async () => {
  const person = await joined({ role: 'operator', tenants: [api.tenant.tenantId] });
  const paths = ['/v1/members', '/v1/runs', `/v1/tenants/${api.tenant.tenantId}`, '/v1/overview', '/v1/me'];
  const statuses = () =>
    Promise.all(paths.map(async (path) => (await api.call(path, { as: person })).status));
  expect(await statuses()).toEqual([200, 200, 200, 200, 200]);
  expect((await remove(person.userId)).body).toMatchObject({ username: person.username });
  expect(await statuses()).toEqual([404, 404, 404, 404, 404]);
  expect((await api.call(`/v1/members/${person.userId}`, { as: owner })).status).toBe(404);
  expect((await remove(person.userId)).status).toBe(404);
  const left = await withAdmin(
    api.databaseUrl,
    (sql) => sql`select from member_tenants where user_id = ${person.userId}`,
  );
  expect(left).toHaveLength(0);
  // The same session, let in again.
  await joinAs(api, owner, { role: 'viewer', person });
  expect(await statuses()).toEqual([200, 200, 200, 200, 200]);
  expect((await api.call(`/v1/members/${person.userId}`, { as: owner })).body.role).toBe('viewer');
});

test('a person removed here stays a member elsewhere, with the session they have', async () => {
  const person = await joined({ role: 'viewer' });
  await joinAs(api, other.members.owner, { role: 'operator', person, workspaceId: other.id });
  await remove(person.userId);
  const me = await api.call('/v1/me', { as: person });
  expect(me).toMatchObject({ status: 200, body: { current: { workspaceId: 'ws-other', role: 'operator' } } });
  const headers = { 'x-workspace-id': api.workspace.id };
  expect((await api.call('/v1/me', { as: person, headers })).status).toBe(404);
});

test('bad changes are refused with a pointer and change nothing', async () => {
  const person = await joined({ role: 'viewer' });
  const bad = [
    {},
    { role: 'king' },
    { role: null },
    { role: ['owner'] },
    { tenants: [] },
    { tenants: 'some' },
    { tenants: [1.5] },
    { tenants: [api.tenant.tenantId, api.tenant.tenantId] },
    { tenants: ['1'] },
    { role: 'operator', admin: true },
  ];
  for (const body of bad) expect((await change(person.userId, body)).status, JSON.stringify(body)).toBe(400);
  const unknown = await change(person.userId, { tenants: [2_000_000_001], role: 'king' });
  expect(unknown.status).toBe(404);
  const stranger = await makeUser(api.db, 'stranger');
  expect((await change(stranger.userId, { role: 'viewer' })).status).toBe(404);
  expect((await api.call(`/v1/members/${person.userId}`, { as: owner })).body).toMatchObject({
    role: 'viewer',
    tenants: 'all',
  });
});

test('the table of roles says who can do what, and how many have each role', async () => {
  const { body } = await api.call('/v1/roles', { as: api.workspace.members.viewer });
  expect(body.roles.map(({ role }: { role: string }) => role)).toEqual([
    'viewer',
    'operator',
    'manager',
    'owner',
  ]);
  expect(body.roles.at(-1).members).toBe(1);
  const approve = body.capabilities.find((each: { capability: string }) => each.capability === 'run.approve');
  expect(approve).toMatchObject({ area: 'Runs', roles: ['manager', 'owner'] });
});
