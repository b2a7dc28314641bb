import { makeUser, testPassword, uniqueName } from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const post = (path: string, body: unknown, more = {}) => api.call(path, { method: 'POST', body, ...more });

/** An invitation with the secret of its link. */
async function invite(wishes: object = {}) {
  const body = { email: 'guest@example.org', role: 'operator', ...wishes };
  const made = await post('/v1/invitations', body, { as: api.workspace.members.owner });
  expect(made.status, made.text).toBe(201);
  const { invitation, link } = made.body as { invitation: { id: number }; link: string };
  expect(link).toMatch(/^\/join#[A-Za-z0-9_-]{43}$/);
  return { id: invitation.id, secret: link.slice('/join#'.length), invitation: made.body.invitation };
}

const accept = (secret: string, more: object = {}) =>
  post('/v1/invitations/accept', {
    secret,
    username: uniqueName('guest'),
    password: testPassword,
    ...more,
  });

const listed = async (state: string) =>
  (await api.call(`/v1/invitations?state=${state}`, { as: api.workspace.members.owner })).body.items;

test('who holds the link sees what it offers, makes an account with it and is signed in', async () => {
  const { id, secret, invitation } = await invite({ tenants: [api.tenant.tenantId], expiresInDays: 3 });
  expect(invitation).toMatchObject({ state: 'open', tenants: [{ externalId: 'contoso' }] });
  const look = await post('/v1/invitations/look', { secret });
  expect(look.body).toMatchObject({
    workspaceName: api.workspace.id,
    role: 'operator',
    email: 'guest@example.org',
    invitedBy: api.workspace.members.owner.username,
  });
  const username = uniqueName('ada');
  const joined = await accept(secret, { username: username.toUpperCase() });
  expect(joined).toMatchObject({
    status: 201,
    body: {
      user: { username, email: 'guest@example.org' },
      current: { workspaceId: 'ws-default', role: 'operator' },
    },
  });
  const cookie = joined.headers.get('set-cookie')?.split(';')[0] ?? '';
  const tenants = await api.call('/v1/tenants', { headers: { cookie } });
  expect(tenants.body.items.map((each: { externalId: string }) => each.externalId)).toEqual(['contoso']);
  expect((await listed('accepted')).map((each: { id: number }) => each.id)).toContain(id);
  const signedIn = await post('/v1/auth/sign-in', { username, password: testPassword });
  expect(signedIn.status).toBe(200);
});

test('fifty people with one link make one member', async () => {
  const { secret } = await invite();
  const answers = await Promise.all(Array.from({ length: 50 }, () => accept(secret)));
  const made = answers.filter(({ status }) => status === 201);
  expect(made).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 404)).toHaveLength(49);
  // Nothing is left of those who came too late, not even an account.
  const [left] = await withAdmin(
    api.databaseUrl,
    (sql) => sql<{ people: number; members: number }[]>`
      select count(*)::int as people, count(m.user_id)::int as members
      from users u left join members m on m.user_id = u.id where u.username like 'guest-%'`,
  );
  expect(left).toEqual({ people: 1, members: 1 });
}, 60_000);

test('a link that is taken, revoked, run out or made up is one answer everywhere', async () => {
  const taken = await invite();
  await accept(taken.secret);
  const revoked = await invite();
  const owner = api.workspace.members.owner;
  const revoke = () => api.call(`/v1/invitations/${revoked.id}`, { method: 'DELETE', as: owner });
  expect((await revoke()).body.state).toBe('revoked');
  expect((await revoke()).status).toBe(409);
  const expired = await invite();
  await withAdmin(
    api.databaseUrl,
    (sql) => sql`update invitations set expires_at = now() where id = ${expired.id}`,
  );
  const { viewer } = api.workspace.members;
  const stranger = { ...viewer, ...(await makeUser(api.db, 'stranger')) };
  const answers = [];
  for (const secret of [taken.secret, revoked.secret, expired.secret, 'x'.repeat(43)]) {
    answers.push(await post('/v1/invitations/look', { secret }));
    answers.push(await accept(secret));
    answers.push(await post('/v1/invitations/join', { secret }, { as: stranger }));
  }
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  const anonymous = answers.map(({ text }) => text.replace(/"requestId":"[^"]+"/, ''));
  expect(new Set(anonymous).size).toBe(1);
  expect((await listed('expired')).map((each: { id: number }) => each.id)).toEqual([expired.id]);
  const late = await api.call(`/v1/invitations/${taken.id}`, { method: 'DELETE', as: owner });
  expect(late.status).toBe(409);
});

test('who is a member already, or wants a name that is taken, leaves the link as it was', async () => {
  const { secret } = await invite();
  const { viewer } = api.workspace.members;
  expect((await post('/v1/invitations/join', { secret }, { as: viewer })).status).toBe(409);
  expect((await accept(secret, { username: viewer.username })).status).toBe(409);
  expect((await post('/v1/invitations/look', { secret })).status).toBe(200);
  expect((await api.call('/v1/me', { as: viewer })).body.current.role).toBe('viewer');
});

test('who belongs nowhere any more signs in with a link, and joins by that', async () => {
  const { owner } = api.workspace.members;
  const first = await invite({ role: 'viewer' });
  const username = uniqueName('back');
  const { body } = await accept(first.secret, { username });
  await api.call(`/v1/members/${body.user.id}`, { method: 'DELETE', as: owner });
  const signIn = (more: object) => post('/v1/auth/sign-in', { username, password: testPassword, ...more });
  expect((await signIn({})).status).toBe(401);
  expect((await signIn({ invitation: first.secret })).status).toBe(401);
  const second = await invite({ role: 'manager' });
  expect((await signIn({ invitation: second.secret, password: 'wrong' })).status).toBe(401);
  expect((await post('/v1/invitations/look', { secret: second.secret })).status).toBe(200);
  expect(await signIn({ invitation: second.secret })).toMatchObject({
    status: 200,
    body: { current: { workspaceId: api.workspace.id, role: 'manager' } },
  });
  // Signing in again with the same link is signing in.
  expect((await signIn({ invitation: second.secret })).status).toBe(200);
});

test('names that only look like another one, and weak passwords, are refused with a pointer', async () => {
  const { secret } = await invite();
  const names = [
    'аdmin',
    'ad\u200bmin',
    '\u202enimda',
    'admin\u0301',
    'ad min',

    'ab',
    '',
    '.admin',
  ];
  for (const username of [...names, 'x'.repeat(65), 7, null, ['ada'], { name: 'ada' }]) {
    const refused = await accept(secret, { username });
    expect(refused.status, JSON.stringify(username)).toBe(400);
    expect(refused.body.errors[0].pointer).toBe('/username');
  }
  expect((await accept(secret, { username: 'a\u0000b' })).status).toBe(400);
  const name = uniqueName('ada');
  for (const password of ['', 'short', 'aaaaaaaaaaaaaa', 'passwordpassword', name, 12]) {
    const refused = await accept(secret, { username: name, password });
    expect(refused.status, JSON.stringify(password)).toBe(400);
    expect(refused.body.errors[0].pointer).toBe('/password');
  }
  // A twin in full width is the same name, and that one is taken.
  const { viewer } = api.workspace.members;
  const wide = viewer.username.replaceAll(/./g, (c) => String.fromCodePoint(c.charCodeAt(0) + 0xfee0));
  expect((await accept(secret, { username: wide })).status).toBe(409);
});

test('bad invitations are refused and made nowhere', async () => {
  const before = (await listed('open')).length;
  const good = { email: 'guest@example.org', role: 'viewer' };
  const bad = [
    {},
    { role: 'viewer' },
    { ...good, email: 'nobody' },
    { ...good, email: 'a@example.org\r\nBcc: b@example.org' },
    { ...good, role: 'king' },
    { ...good, tenants: [] },
    { ...good, role: 'owner', tenants: [api.tenant.tenantId] },
    { ...good, expiresInDays: 0 },
    { ...good, expiresInDays: 31 },
    { ...good, expiresInDays: 1.5 },
    { ...good, secret: 'mine' },
  ];
  const as = api.workspace.members.owner;
  for (const body of bad) {
    expect((await post('/v1/invitations', body, { as })).status, JSON.stringify(body)).toBe(400);
  }
  expect((await post('/v1/invitations', { ...good, tenants: [2_000_000_001] }, { as })).status).toBe(404);
  expect(await listed('open')).toHaveLength(before);
});

test('the secret is in one answer, and neither in the tables nor in the log', async () => {
  const { secret } = await invite();
  const { body } = await api.call('/v1/invitations', { as: api.workspace.members.owner });
  expect(JSON.stringify(body)).not.toContain(secret);
  const kept = await withAdmin(
    api.databaseUrl,
    (sql) => sql<{ text: string }[]>`
      select i::text as text from invitations i union all select a::text from audit_entries a`,
  );
  expect(kept.length).toBeGreaterThan(1);
  expect(kept.some(({ text }) => text.includes(secret))).toBe(false);
});
