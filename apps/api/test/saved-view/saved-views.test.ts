import { mostSavedViews } from '@signalbox/db/commands/saved-view/create-saved-view';
import { makeWorkspace } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const call = (path: string, more: Call = {}) => api.call(path, { as: api.workspace.members.viewer, ...more });
const save = (name: string, more: object = {}, as = api.workspace.members.viewer) =>
  call('/v1/saved-views', {
    method: 'POST',
    as,
    body: { page: 'runs', name, search: '?status=failed', ...more },
  });
const names = async (as = api.workspace.members.viewer): Promise<string[]> =>
  (await call('/v1/saved-views', { as })).body.items.map(({ name }: { name: string }) => name);

describe('a view', () => {
  it('is kept as it was given, changed in parts, and gone when it is deleted', async () => {
    const made = await save('night', { search: '?status=failed,partial&last=24h' });
    expect(made.status).toBe(201);
    expect(made.body.search).toBe('?status=failed,partial&last=24h');
    const path = made.headers.get('location') ?? '';
    expect((await call(path, { method: 'PATCH', body: { name: 'nights' } })).body).toMatchObject({
      name: 'nights',
      search: made.body.search,
    });
    const changed = await call(path, { method: 'PATCH', body: { search: '' } });
    expect(changed.body).toMatchObject({ name: 'nights', search: '' });
    expect((await call(path, { method: 'DELETE' })).body.name).toBe('nights');
    expect((await call(path, { method: 'DELETE' })).status).toBe(404);
    expect((await call(path, { method: 'PATCH', body: { name: 'x' } })).status).toBe(404);
  });

  it('has a name its owner uses once', async () => {
    await save('twice');
    expect((await save('twice')).status).toBe(409);
    expect((await save('  twice ')).status).toBe(409);
    const other = await save('other');
    const renamed = { method: 'PATCH', body: { name: 'twice' } } as const;
    expect((await call(`/v1/saved-views/${other.body.id}`, renamed)).status).toBe(409);
    expect((await save('twice', {}, api.workspace.members.operator)).status).toBe(201);
  });
});

it('takes a change that changes nothing for a mistake', async () => {
  const { id } = (await save('still')).body;
  expect((await call(`/v1/saved-views/${id}`, { method: 'PATCH', body: {} })).status).toBe(400);
});

describe('another member, of whatever role', () => {
  it.each(['operator', 'manager', 'owner'] as const)('an %s neither sees nor alters it', async (role) => {
    const as = api.workspace.members[role];
    const { id } = (await save(`private to me, not ${role}`)).body;
    expect(await names(as)).not.toContain(`private to me, not ${role}`);
    const path = `/v1/saved-views/${id}`;
    expect((await call(path, { as, method: 'PATCH', body: { name: 'theirs' } })).status).toBe(404);
    expect((await call(path, { as, method: 'DELETE' })).status).toBe(404);
    expect(await names()).toContain(`private to me, not ${role}`);
  });

  it('neither does its owner from another workspace', async () => {
    const other = await makeWorkspace(api.db, 'ws-elsewhere');
    const { id } = (await save('here')).body;
    const as = other.members.owner;
    expect((await call(`/v1/saved-views/${id}`, { as, method: 'DELETE' })).status).toBe(404);
    expect(await names(as)).toEqual([]);
  });
});

it('keeps no more than the cap, also when many are saved at once', async () => {
  const as = api.workspace.members.manager;
  for (let at = 2; at < mostSavedViews; at += 1) await save(`view ${at}`, {}, as);
  const many = Array.from({ length: 24 }, async (_, at) => (await save(`more ${at}`, {}, as)).status);
  const statuses = await Promise.all(many);
  expect(statuses.filter((status) => status === 201)).toHaveLength(2);
  expect(statuses.filter((status) => status === 409)).toHaveLength(22);
  expect(await names(as)).toHaveLength(mostSavedViews);
});

it.each([
  { name: '' },
  { name: '   ' },
  { name: 'x'.repeat(61) },
  { name: 'a\u0000b' },
  { name: 'a\r\nb' },
  { name: 'right\u202eleft' },
  { name: '\ud800' },
  { name: 7 },
  { name: null },
  { page: 'secrets' },
  { page: '__proto__' },
  { search: 'status=failed' },
  { search: 'https://example.org/?x' },
  { search: '?a b' },
  { search: '?a#b' },
  { search: `?${'x'.repeat(2_000)}` },
  { search: ['?x'] },
  { shared: true },
])('refuses %j', async (more) => {
  const before = await names();
  const { name = 'well formed', ...rest } = more as { name?: never };
  expect((await save(name, rest)).status).toBe(400);
  expect(await names()).toEqual(before);
});

it('refuses a page it does not know and ids that are none', async () => {
  expect((await call('/v1/saved-views?page=batches')).status).toBe(400);
  for (const id of ['0', '-1', '1.5', 'x', '2147483648']) {
    expect((await call(`/v1/saved-views/${id}`, { method: 'DELETE' })).status).toBe(400);
  }
});

it('leaves no name or search of a private view in the audit log', async () => {
  await save('a secret plan', { search: '?tag=secret-project' });
  const rows = await api.db.inWorkspace(api.workspace.id, async (tx) =>
    tx.query.execute<{ entry: string }>(
      "select to_jsonb(a)::text as entry from audit_entries a where object_kind = 'saved_view'",
    ),
  );
  const text = rows.map(({ entry }) => entry).join('\n');
  expect(text).toContain('saved_view.created');
  expect(text).not.toMatch(/secret/);
});
