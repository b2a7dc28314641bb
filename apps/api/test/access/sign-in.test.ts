import { createUser } from '@signalbox/db/commands/access/create-user';
import { testPassword } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let username: string;
beforeAll(async () => {
  api = await startTestApi();
  username = api.workspace.members.operator.username;
});
afterAll(() => api.close());

const signIn = (body: object, headers: Record<string, string> = {}) =>
  api.call('/v1/auth/sign-in', { method: 'POST', body, headers });

async function cookie(): Promise<string> {
  const answer = await signIn({ username, password: testPassword });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

describe('a token for programs', () => {
  it('comes in the envelope of the provisioning contract and works as bearer', async () => {
    const body = { username, password: testPassword, extra: 'ignored by this contract' };
    const answer = await api.call('/auth/login', { method: 'POST', body });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ success: true, data: { user: { username, roles: ['operator'] } } });
    const left = Date.parse(answer.body.data.expires_at) - Date.now();
    expect(left).toBeGreaterThan(14 * 60_000);
    expect(left).toBeLessThanOrEqual(15 * 60_000);
    const headers = { authorization: `Bearer ${answer.body.data.token}` };
    expect((await api.call('/v1/me', { headers })).body.user.username).toBe(username);
  });

  it('is refused with one body, whether the user is unknown or the password wrong', async () => {
    const refused = async (body: object) => {
      const answer = await api.call('/auth/login', { method: 'POST', body });
      expect(answer.status).toBe(401);
      return { ...answer.body, requestId: null };
    };
    const wrong = await refused({ username, password: 'wrong' });
    expect(wrong).toMatchObject({ success: false, code: 'sign_in_refused' });
    expect(await refused({ username: 'nobody-at-all', password: 'wrong' })).toEqual(wrong);
  });

  it.each([
    [{ username: ['a'], password: 'b' }, '/username'],
    [{ username: { a: 1 }, password: 'b' }, '/username'],
    [{ username: 'a\r\nb', password: 'b' }, '/username'],
    [{ username: 'a' }, '/password'],
  ])('a malformed sign-in is 400 with a pointer: %j', async (body, pointer) => {
    const answer = await api.call('/auth/login', { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect(answer.body.success).toBe(false);
    expect(answer.body.errors[0].pointer).toBe(pointer);
  });

  it('a name that only looks the same is the same person', async () => {
    const body = { username: username.toUpperCase(), password: testPassword };
    expect((await api.call('/auth/login', { method: 'POST', body })).status).toBe(200);
  });
});

describe('the cookie of the console', () => {
  it('is out of reach of scripts and other sites, and carries the session', async () => {
    const answer = await signIn({ username, password: testPassword });
    expect(answer.status).toBe(200);
    const set = answer.headers.getSetCookie()[0] ?? '';
    expect(set).toMatch(/^sbx_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/);
    const headers = { cookie: set.split(';')[0] ?? '' };
    expect((await api.call('/v1/me', { headers })).body.user.username).toBe(username);
  });

  it('ends with sign-out, at once and on the server', async () => {
    const headers = { cookie: await cookie() };
    const out = await api.call('/v1/auth/sign-out', { method: 'POST', headers });
    expect(out.body).toEqual({ signedOut: true });
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await api.call('/v1/me', { headers })).status).toBe(401);
  });

  it('takes the place of the one before, whose session ends', async () => {
    const before = { cookie: await cookie() };
    const refused = await signIn({ username, password: 'wrong' }, before);
    expect([refused.status, (await api.call('/v1/me', { headers: before })).status]).toEqual([401, 200]);
    const { viewer } = api.workspace.members;
    const next = await signIn({ username: viewer.username, password: testPassword }, before);
    expect((await api.call('/v1/me', { headers: before })).status).toBe(401);
    const after = { cookie: next.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
    expect((await api.call('/v1/me', { headers: after })).body.user.username).toBe(viewer.username);
  });

  it('sign-out of a token ends the token', async () => {
    const login = await api.call('/auth/login', {
      method: 'POST',
      body: { username, password: testPassword },
    });
    const headers = { authorization: `Bearer ${login.body.data.token}` };
    expect((await api.call('/v1/auth/sign-out', { method: 'POST', headers })).status).toBe(200);
    expect((await api.call('/v1/me', { headers })).status).toBe(401);
  });

  it('does nothing for a page of another site, and such a page cannot sign anyone in', async () => {
    const stolen = { cookie: await cookie(), origin: 'https://evil.example' };
    const body = { tenantId: api.tenant.tenantId, name: 'planted' };
    const create = await api.call('/v1/backup-sets', { method: 'POST', headers: stolen, body });
    expect(create.status).toBe(403);
    expect(create.body.code).toBe('origin_refused');
    expect((await api.call('/v1/auth/sign-out', { method: 'POST', headers: stolen })).status).toBe(403);
    const credentials = { username, password: testPassword };
    expect((await signIn(credentials, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await signIn(credentials, { origin: 'null' })).status).toBe(403);
    expect((await signIn(credentials, { origin: new URL(api.url).origin })).status).toBe(200);
    const sets = await api.call('/v1/backup-sets', { headers: { cookie: stolen.cookie } });
    expect(sets.body.items).toEqual([]);
  });

  it('a forged, cut or doubled cookie is nobody', async () => {
    const good = await cookie();
    for (const bad of [
      'sbx_session=',
      `${good.slice(0, -2)}xx`,
      `${good}; sbx_session=other`,
      'sbx_session=a b',
    ]) {
      expect((await api.call('/v1/me', { headers: { cookie: bad } })).status).toBe(401);
    }
  });
});

describe('who is nobody', () => {
  it('a user without a workspace gets in nowhere and is not told why', async () => {
    const name = `drifter-${Date.now()}`;
    await createUser(api.db, { username: name, email: 'd@example.org', password: testPassword });
    const answer = await signIn({ username: name, password: testPassword });
    expect(answer.status).toBe(401);
    expect(answer.body.code).toBe('sign_in_refused');
    const login = await api.call('/auth/login', {
      method: 'POST',
      body: { username: name, password: testPassword },
    });
    const headers = { authorization: `Bearer ${login.body.data.token}` };
    expect((await api.call('/v1/runs', { headers })).status).toBe(404);
    expect((await api.call(`/v1/tenants/${api.tenant.tenantId}`, { headers })).status).toBe(404);
  });

  it('outside a demo no account is offered', async () => {
    expect((await api.call('/v1/sign-in-options')).body).toEqual({
      demo: false,
      accounts: [],
      setupNeeded: false,
    });
  });
});
