import { mostOwnedWorkspaces } from '@signalbox/domain/workspace/owned-workspaces';
import { makeApiKey } from '@signalbox/testing/fixtures/api-key';
import {
  makeUser,
  makeWorkspace,
  type TestWorkspace,
  testPassword,
} from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let other: TestWorkspace;

beforeAll(async () => {
  api = await startTestApi();
  other = await makeWorkspace(api.db);
});
afterAll(() => api.close());

const create = (call: Call) => api.call('/workspaces', { method: 'POST', ...call });
const setTier = (id: string, call: Call) => api.call(`/workspaces/${id}/tier`, { method: 'PATCH', ...call });
const rename = (id: string, call: Call) => api.call(`/v1/workspaces/${id}`, { method: 'PATCH', ...call });

/** Somebody with a bearer token and no workspace at all. */
async function newcomer(): Promise<{ username: string; headers: Record<string, string> }> {
  const { userId, username } = await makeUser(api.db, 'newcomer');
  // Only members can sign in; who is removed afterwards keeps a session of no workspace.
  await withAdmin(api.databaseUrl, async (sql) => {
    await sql`insert into members (workspace_id, user_id, role) values (${api.workspace.id}, ${userId}, 'viewer')`;
  });
  const login = await api.call('/auth/login', { method: 'POST', body: { username, password: testPassword } });
  await withAdmin(
    api.databaseUrl,
    (sql) => sql`update members set removed_at = now() where user_id = ${userId}`,
  );
  return { username, headers: { authorization: `Bearer ${login.body.data.token}` } };
}

const deeds = (workspaceId: string) =>
  withAdmin(
    api.databaseUrl,
    (sql) => sql`
      select action, actor_kind as kind, actor_name as by, details from audit_entries
      where workspace_id = ${workspaceId} and action like 'workspace.%' order by id`,
  );

describe('a new workspace', () => {
  it('is answered as the runs contract says, belongs to whoever made it, and is audited', async () => {
    const { members } = api.workspace;
    const made = await create({ as: members.viewer, body: { name: ' Platform team ' } });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.stringMatching(/^ws-[0-9a-f]{16}$/),
      name: 'Platform team',
      tier: 'free',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    const { id } = made.body;
    expect(made.headers.get('location')).toBe(`/workspaces/${id}`);
    expect((await api.call(`/workspaces/${id}`, { as: members.viewer })).body).toEqual(made.body);
    const inside = { as: members.viewer, headers: { 'x-workspace-id': id } };
    expect((await api.call('/v1/me', inside)).body.current).toMatchObject({
      workspaceId: id,
      role: 'owner',
    });
    expect((await api.call('/v1/runs', inside)).body.items).toEqual([]);
    expect(await deeds(id)).toEqual([
      {
        action: 'workspace.created',
        kind: 'user',
        by: members.viewer.username,
        details: { name: 'Platform team' },
      },
    ]);
    // The others of the maker's workspaces are no members of it.
    expect((await api.call(`/workspaces/${id}`, { as: members.owner })).status).toBe(404);
  });

  it.each([[undefined], [{}], [{ unknown: 'keys are ignored' }]])(
    'needs no body and no name: %j',
    async (body) => {
      const made = await create({ as: api.workspace.members.manager, ...(body !== undefined && { body }) });
      expect([made.status, made.body.name]).toEqual([201, 'My Workspace']);
    },
  );

  it('is for people: 401 for nobody, 403 for a key; who belongs nowhere begins with it', async () => {
    const key = await makeApiKey(api.db, api.workspace.members.owner, { mayActFor: true });
    expect((await create({})).status).toBe(401);
    const asKey = await create({
      key: key.text,
      headers: { 'x-user-id': api.workspace.members.owner.username },
    });
    expect([asKey.status, asKey.body.code]).toEqual([403, 'person_required']);
    const { headers } = await newcomer();
    expect((await api.call('/v1/usage', { headers })).status).toBe(404);
    const made = await create({ headers, body: { name: 'First' } });
    expect(made.status).toBe(201);
    expect((await api.call('/v1/usage', { headers })).body.workspaceId).toBe(made.body.id);
  });

  it.each([
    [{ name: '' }],
    [{ name: '   ' }],
    [{ name: 7 }],
    [{ name: null }],
    [{ name: ['a'] }],
    [{ name: 'nul \u0000' }],
    [{ name: 'half \ud800' }],
    [{ name: 'two\r\nlines' }],
    [{ name: 'right\u202eto left' }],
    [{ name: 'no\u200bwidth' }],
    [{ name: '🚂'.repeat(81) }],
    ['[1]'],
    ['null'],
    ['{"name":"a","__proto__":{}}'],
  ])('is 400 for %j, and nothing is made', async (body) => {
    const answer = await create({ as: other.members.operator, body });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(answer.body.detail);
    const me = await api.call('/v1/me', { as: other.members.operator });
    expect(me.body.workspaces).toHaveLength(1);
  });

  it('takes 80 characters of any script, as a reader counts them', async () => {
    const made = await create({ as: api.workspace.members.manager, body: { name: '🚂'.repeat(80) } });
    expect([made.status, [...made.body.name].length]).toEqual([201, 80]);
  });

  it('is 413 for a name of 10 MB', async () => {
    const answer = await create({
      as: api.workspace.members.manager,
      body: { name: 'n'.repeat(10_000_000) },
    });
    expect(answer.status).toBe(413);
  });

  it(`is 409 beyond ${mostOwnedWorkspaces} of one owner, also in a crowd`, async () => {
    const { headers } = await newcomer();
    const answers = await Promise.all(
      Array.from({ length: mostOwnedWorkspaces + 12 }, (_, index) =>
        create({ headers, body: { name: `team ${index}` } }),
      ),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(made).toHaveLength(mostOwnedWorkspaces);
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(mostOwnedWorkspaces);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(12);
    expect(answers.find(({ status }) => status === 409)?.body.error).toContain(String(mostOwnedWorkspaces));
    expect((await api.call('/v1/me', { headers })).body.workspaces).toHaveLength(mostOwnedWorkspaces);
  });
});

describe('one workspace', () => {
  it('is read by its members, whichever is selected, and by its keys', async () => {
    const { id, members } = api.workspace;
    const made = await create({ as: members.operator });
    const elsewhere = { as: members.operator, headers: { 'x-workspace-id': made.body.id } };
    expect((await api.call(`/workspaces/${id}`, elsewhere)).body.id).toBe(id);
    const key = await makeApiKey(api.db, members.owner, { capabilities: ['workspace.read'] });
    expect((await api.call(`/workspaces/${id}`, { key: key.text })).body.id).toBe(id);
    const without = await makeApiKey(api.db, members.owner, { capabilities: ['run.read'] });
    const refused = await api.call(`/workspaces/${id}`, { key: without.text });
    expect([refused.status, refused.body.capability]).toEqual([403, 'workspace.read']);
  });

  it.each([
    ['of others', () => other.id],
    ['unknown', () => 'ws-nowhere'],
    ['ill-formed', () => 'WS_DEFAULT'],
    ['upper case', () => api.workspace.id.toUpperCase()],
    ['with a NUL', () => '%00'],
    ['of the prototype', () => '__proto__'],
    ['very long', () => 'w'.repeat(2_000)],
  ])('%s is the same 404', async (_, id) => {
    const { members } = api.workspace;
    const bare = ({ status, body: { requestId, ...body } }: Answer) => {
      expect(requestId).toBeDefined();
      return { status, body };
    };
    const unknown = bare(await api.call('/workspaces/ws-no-such', { as: members.owner }));
    expect(unknown.status).toBe(404);
    expect(bare(await api.call(`/workspaces/${id()}`, { as: members.owner }))).toEqual(unknown);
    expect((await setTier(id(), { as: members.owner, body: { tier: 'gold' } })).status).toBe(404);
    expect((await rename(id(), { as: members.owner, body: {} })).status).toBe(404);
  });

  it.each(['%zz', '%ED%A0%80'])('a broken escape is 400 before anything else: %s', async (id) => {
    const answers = [await api.call(`/workspaces/${id}`), await setTier(id, { body: { tier: 'pro' } })];
    for (const { status, body } of answers) {
      expect([status, body.code, body.error]).toEqual([400, 'malformed_request', body.detail]);
    }
    expect(await rename(id, {})).toMatchObject({ status: 400, body: { code: 'malformed_request' } });
  });

  it('is renamed by an owner only; the audit keeps both names and no change leaves no entry', async () => {
    const { members } = api.workspace;
    const made = await create({ as: members.manager, body: { name: 'Before' } });
    const { id } = made.body;
    const inside = { as: members.manager };
    expect((await rename(id, { ...inside, body: { name: 'After' } })).body).toMatchObject({
      id,
      name: 'After',
    });
    await rename(id, { ...inside, body: { name: 'After' } });
    const [, renamed, ...more] = await deeds(id);
    expect(renamed).toMatchObject({ action: 'workspace.renamed', details: { from: 'Before', to: 'After' } });
    expect(more).toEqual([]);
    const refused = await rename(api.workspace.id, { as: members.manager, body: { name: 'Mine' } });
    expect([refused.status, refused.body.capability]).toEqual([403, 'workspace.manage']);
    for (const body of [{}, { name: '' }, { name: 'a', other: 1 }])
      expect((await rename(id, { ...inside, body })).status).toBe(400);
  });
});

describe('the tier, where no secret is set', () => {
  it('is set by an owner, of any of their workspaces, and audited with both', async () => {
    const { members } = api.workspace;
    const made = await create({ as: members.manager });
    const { id } = made.body;
    const raised = await setTier(id, { as: members.manager, body: { tier: 'pro', ignored: true } });
    expect(raised.status).toBe(200);
    expect(raised.body).toEqual({ ...made.body, tier: 'pro' });
    expect((await setTier(id, { as: members.manager, body: { tier: 'pro' } })).status).toBe(200);
    const [, changed, ...more] = await deeds(id);
    expect(changed).toEqual({
      action: 'workspace.tier_changed',
      kind: 'user',
      by: members.manager.username,
      details: { from: 'free', to: 'pro' },
    });
    expect(more).toEqual([]);
  });

  it('is 401 for nobody, 403 for other members; a secret that means nothing here grants nothing', async () => {
    const { id, members } = api.workspace;
    const headers = { 'x-webhook-secret': 'a secret nobody set' };
    expect((await setTier(id, { body: { tier: 'pro' }, headers })).status).toBe(401);
    for (const as of [members.viewer, members.operator, members.manager]) {
      const refused = await setTier(id, { as, body: { tier: 'pro' }, headers });
      expect([refused.status, refused.body.capability]).toEqual([403, 'workspace.tier']);
    }
    expect((await setTier(id, { as: other.members.owner, body: { tier: 'pro' } })).status).toBe(404);
    expect((await api.call(`/workspaces/${id}`, { as: members.viewer })).body.tier).toBe('free');
  });

  it.each([
    [undefined],
    [{}],
    [{ tier: 'gold' }],
    [{ tier: 'PRO' }],
    [{ tier: ['pro'] }],
    [{ tier: null }],
    ['"pro"'],
  ])('is 400 for %j', async (body) => {
    const { id, members } = api.workspace;
    const answer = await setTier(id, { as: members.owner, ...(body !== undefined && { body }) });
    expect(answer.status).toBe(400);
    expect((await api.call(`/workspaces/${id}`, { as: members.viewer })).body.tier).toBe('free');
  });

  it('is asked for a fresh code of an owner who has a second factor', async () => {
    const { id, members } = api.workspace;
    await withAdmin(
      api.databaseUrl,
      (sql) => sql`
        update users set mfa_secret = 'sealed'::bytea, mfa_enabled_at = now() where id = ${members.owner.userId}`,
    );
    const refused = await setTier(id, { as: members.owner, body: { tier: 'pro' } });
    expect([refused.status, refused.body.code]).toEqual([403, 'step_up_required']);
    await withAdmin(
      api.databaseUrl,
      (sql) =>
        sql`update users set mfa_secret = null, mfa_enabled_at = null where id = ${members.owner.userId}`,
    );
  });
});
