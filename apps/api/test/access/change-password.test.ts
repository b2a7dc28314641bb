import { makeUser, testPassword } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let admin: ReturnType<typeof openAdmin>;
let username: string;
let userId: number;

beforeAll(async () => {
  api = await startTestApi();
  admin = openAdmin(api.databaseUrl);
});
beforeEach(async () => {
  ({ username, userId } = await makeUser(api.db, 'person'));
  await admin`insert into members (workspace_id, user_id, role) values (${api.workspace.id}, ${userId}, 'viewer')`;
});
afterAll(async () => {
  await admin.end();
  await api.close();
});

const next = 'a wholly different pass phrase';
type Device = Record<string, string>;

async function browser(password = testPassword): Promise<Device> {
  const answer = await api.call('/v1/auth/sign-in', { method: 'POST', body: { username, password } });
  return { cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
}
const login = (password: string) => api.call('/auth/login', { method: 'POST', body: { username, password } });
const change = (headers: Device, body: object) =>
  api.call('/v1/account/password', { method: 'POST', body, headers });
const status = async (headers: Device): Promise<number> => (await api.call('/v1/me', { headers })).status;

describe('a change of password', () => {
  it('ends every other session, gives this one a new cookie, and is in the log', async () => {
    const [laptop, phone] = [await browser(), await browser()];
    const script = { authorization: `Bearer ${(await login(testPassword)).body.data.token}` };
    const answer = await change(laptop, { current: testPassword, next });
    expect(answer.body).toEqual({ endedSessions: 2, token: null });
    const renewed = { cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
    expect([await status(phone), await status(script), await status(laptop), await status(renewed)]).toEqual([
      401, 401, 401, 200,
    ]);
    expect((await login(testPassword)).status).toBe(401);
    expect((await login(next)).status).toBe(200);
    const [entry] = await admin`select details, actor_name from audit_entries
      where action = 'account.password_changed' and object_id = ${String(userId)}`;
    expect(entry).toEqual({ details: { endedSessions: 2 }, actor_name: username });
  });

  it('with a bearer token answers the next token, and the old one neither works nor can be refreshed', async () => {
    const { token } = (await login(testPassword)).body.data;
    const answer = await change({ authorization: `Bearer ${token}` }, { current: testPassword, next });
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await status({ authorization: `Bearer ${token}` })).toBe(401);
    const renewed = answer.body.token.token;
    expect(await status({ authorization: `Bearer ${renewed}` })).toBe(200);
    const stale = await api.call('/auth/refresh', { method: 'POST', body: { token } });
    expect(stale.status).toBe(401);
    expect(await status({ authorization: `Bearer ${renewed}` })).toBe(401);
  });

  it('asks for the current password, and a wrong one changes nothing', async () => {
    const [laptop, phone] = [await browser(), await browser()];
    const answer = await change(laptop, { current: `${testPassword}x`, next });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([{ pointer: '/current', detail: 'is not your password' }]);
    expect([await status(laptop), await status(phone)]).toEqual([200, 200]);
    expect((await login(testPassword)).status).toBe(200);
  });

  it.each(['in one session', 'in two'])('made twice at the same moment %s happens once', async (where) => {
    const laptop = await browser();
    const phone = where === 'in two' ? await browser() : laptop;
    const answers = await Promise.all([
      change(laptop, { current: testPassword, next }),
      change(phone, { current: testPassword, next: `${next} too` }),
    ]);
    const done = answers.filter((answer) => answer.status === 200);
    expect(done).toHaveLength(1);
    expect((await login(answers[0]?.status === 200 ? next : `${next} too`)).status).toBe(200);
  });

  it.each([
    ['too short', 'eleven char'],
    ['the username, also in other letters', () => username.toUpperCase()],
    ['the username over and over', () => username + username],
    ['among the commonest', 'Qwertyuiop123'],
    ['a few characters over and over', '121212121212'],
    ['more than 1,024 characters', 'long pass phrase '.repeat(61)],
    ['the password one has', testPassword],
  ])('refuses a new password that is %s', async (_, given) => {
    const laptop = await browser();
    const wanted = typeof given === 'string' ? given : given();
    const answer = await change(laptop, { current: testPassword, next: wanted });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([{ pointer: '/next', detail: expect.any(String) }]);
    expect(answer.text).not.toContain(wanted);
    expect(await status(laptop)).toBe(200);
  });

  it.each([[undefined], [null], [7], [['a long enough array']], [{ a: 1 }]])(
    'refuses what is no text: %j',
    async (given) => {
      const answer = await change(await browser(), { current: testPassword, next: given });
      expect(answer.status).toBe(400);
      expect(answer.body.errors[0].pointer).toBe('/next');
    },
  );
});

describe('a long password counts to its last character', () => {
  it('also beyond 72 bytes, and in whatever form it is typed', async () => {
    const long = `${'é'.repeat(100)} and then some`;
    await change(await browser(), { current: testPassword, next: long });
    expect((await login(long)).status).toBe(200);
    expect((await login(long.normalize('NFD'))).status).toBe(200);
    expect((await login(`${long.slice(0, -1)}x`)).status).toBe(401);
    expect((await login(long.slice(0, 72))).status).toBe(401);
  });
});
