import { testPassword } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let admin: ReturnType<typeof openAdmin>;

beforeAll(async () => {
  api = await startTestApi();
  admin = openAdmin(api.databaseUrl);
});
afterAll(async () => {
  await admin.end();
  await api.close();
});

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

type Device = Record<string, string>;

/** Signs a browser in and answers the headers it sends from then on. */
async function browser(username: string, userAgent = firefox): Promise<Device> {
  const body = { username, password: testPassword };
  const headers = { 'user-agent': userAgent };
  const answer = await api.call('/v1/auth/sign-in', { method: 'POST', body, headers });
  return { ...headers, cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
}

async function program(username: string): Promise<Device> {
  const body = { username, password: testPassword };
  const headers = { 'user-agent': 'curl/8.5.0' };
  const answer = await api.call('/auth/login', { method: 'POST', body, headers });
  return { ...headers, authorization: `Bearer ${answer.body.data.token}` };
}

const list = (headers: Device) => api.call('/v1/account/sessions', { headers });
const status = async (headers: Device): Promise<number> => (await api.call('/v1/me', { headers })).status;
const idOf = async (headers: Device): Promise<number> =>
  (await list(headers)).body.items.find(({ current }: { current: boolean }) => current).id;
const end = (headers: Device, id: number | string) =>
  api.call(`/v1/account/sessions/${id}`, { method: 'DELETE', headers });
const entries = (action: string, username: string) =>
  admin`select details, request_id from audit_entries where action = ${action} and actor_name = ${username} order by id`;

describe('the sessions of a person', () => {
  it('are told in words they recognise, with the one that asks marked', async () => {
    const { username } = api.workspace.members.viewer;
    const tab = await browser(username);
    const script = await program(username);
    const { items, total } = (await list(tab)).body;
    expect(total).toBe(2);
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ current: true, kind: 'console', device: 'Firefox on Linux' }),
        expect.objectContaining({ current: false, kind: 'token', device: 'curl', address: '127.0.0.1' }),
      ]),
    );
    expect((await list(script)).body.items.find(({ current }: { current: boolean }) => current).kind).toBe(
      'token',
    );
  });

  it('say when each was used last', async () => {
    const { username } = api.workspace.members.viewer;
    const tab = await browser(username);
    const id = await idOf(tab);
    await admin`update sessions set last_seen_at = now() - interval '2 hours',
      idle_at = now() + interval '10 hours' where id = ${id}`;
    const other = await browser(username);
    const seen = async () =>
      (await list(other)).body.items.find((each: { id: number }) => each.id === id).lastSeenAt;
    expect(Date.now() - Date.parse(await seen())).toBeGreaterThan(3_600_000);
    expect(await status(tab)).toBe(200);
    expect(Date.now() - Date.parse(await seen())).toBeLessThan(60_000);
  });

  it('are nobody else’s: another person’s is 404 like one that never was, and lives on', async () => {
    const mine = await browser(api.workspace.members.owner.username);
    const theirs = await browser(api.workspace.members.manager.username);
    const id = await idOf(theirs);
    const foreign = await end(mine, id);
    const unknown = await end(mine, 2_000_000_000);
    expect([foreign.status, unknown.status]).toEqual([404, 404]);
    expect({ ...foreign.body, requestId: null }).toEqual({ ...unknown.body, requestId: null });
    expect(await status(theirs)).toBe(200);
    expect((await list(mine)).body.items.map((each: { id: number }) => each.id)).not.toContain(id);
    expect(
      (await api.call(`/v1/account/sessions/${id}?why=1`, { method: 'DELETE', headers: mine })).status,
    ).toBe(404);
  });

  it('end one by one, from another device, at once and on the server', async () => {
    const { username } = api.workspace.members.owner;
    const [laptop, phone] = [await browser(username), await browser(username)];
    const id = await idOf(phone);
    expect((await end(laptop, id)).body).toEqual({ ended: true });
    expect([await status(phone), await status(laptop)]).toEqual([401, 200]);
    expect((await end(laptop, id)).status).toBe(404);
    expect((await entries('account.session_revoked', username)).at(-1)?.details).toEqual({ sessionId: id });
  });

  it('end also for the device that asks, which is signing out', async () => {
    const laptop = await browser(api.workspace.members.owner.username);
    const answer = await end(laptop, await idOf(laptop));
    expect(answer.headers.get('set-cookie')).toContain('Max-Age=0');
    expect(await status(laptop)).toBe(401);
  });

  it('end all but one in a single call, and the log says how many', async () => {
    const { username } = api.workspace.members.manager;
    const [laptop, phone, script] = [
      await browser(username),
      await browser(username),
      await program(username),
    ];
    const bystander = await browser(api.workspace.members.owner.username);
    const answer = await api.call('/v1/account/sessions/revoke-others', { method: 'POST', headers: laptop });
    expect(answer.body.ended).toBeGreaterThanOrEqual(2);
    expect([await status(phone), await status(script), await status(laptop)]).toEqual([401, 401, 200]);
    expect(await status(bystander)).toBe(200);
    const { ended } = answer.body;
    expect((await entries('account.sessions_revoked', username)).at(-1)?.details).toEqual({
      sessions: ended,
    });
    expect((await list(laptop)).body.total).toBe(1);
  });

  it('end when their person is disabled, and do not come back when they are enabled again', async () => {
    const { username, userId } = api.workspace.members.viewer;
    const tab = await browser(username);
    await admin`update users set disabled_at = now() where id = ${userId}`;
    expect(await status(tab)).toBe(401);
    await admin`update users set disabled_at = null where id = ${userId}`;
    expect(await status(tab)).toBe(401);
  });

  it('signing out is in the log of the workspace', async () => {
    const { username } = api.workspace.members.operator;
    const tab = await browser(username);
    const out = await api.call('/v1/auth/sign-out', { method: 'POST', headers: tab });
    const [entry] = await entries('account.signed_out', username);
    expect(entry?.request_id).toBe(out.headers.get('x-request-id'));
  });

  it.each(['0', '-1', '1.5', '1e3', '2147483648', 'abc'])('an id that is none is 400: %s', async (id) => {
    expect((await end(await browser(api.workspace.members.operator.username), id)).status).toBe(400);
  });
});
