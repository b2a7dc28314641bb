import { openDatabase } from '@signalbox/db/client/database';
import { makeUser, testKeyring, testPassword } from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLimits } from '../../src/access/limits.ts';
import { type Answer, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  const limits = { address: 12, account: 5, codes: 3, refresh: 4 };
  // The proxy that is believed is this test: it comes from as many addresses as it says.
  api = await startTestApi({ limits, trustedProxies: 'loopback' });
});
afterAll(() => api.close());
beforeEach(() => withAdmin(api.databaseUrl, (sql) => sql`delete from rate_limits`));

interface Try {
  readonly username: string;
  readonly password?: string;
  readonly code?: string;
  readonly from?: string;
  readonly cookie?: string;
}

const logIn = ({ username, password = testPassword, code, from = '203.0.113.1', cookie }: Try) =>
  api.call('/auth/login', {
    method: 'POST',
    headers: { 'x-forwarded-for': from, ...(cookie !== undefined && { cookie }) },
    body: { username, password, ...(code !== undefined && { mfa_code: code }) },
  });

const person = async () => (await makeUser(api.db, 'limited')).username;
const told = ({ status, text }: Answer) =>
  [status, text.replaceAll(/"requestId":"[^"]+"|"retryAfterSeconds":\d+|\d+ seconds?/g, '')] as const;

async function guess(times: number, attempt: Try): Promise<number[]> {
  const answers = [];
  for (let round = 0; round < times; round++) answers.push(await logIn({ password: 'wrong', ...attempt }));
  return answers.map(({ status }) => status);
}

describe('guesses', () => {
  it('on one account end after its limit, from however many addresses, with a time to come back', async () => {
    const username = await person();
    for (let round = 0; round < 5; round++) {
      expect(await guess(1, { username, from: `198.51.100.${round}` })).toEqual([401]);
    }
    const refused = await logIn({ username, password: 'wrong', from: '198.51.100.77' });
    expect(refused.status).toBe(429);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(15 * 60);
  });

  it('from one address end after its limit, on however many accounts, and elsewhere people sign in', async () => {
    const username = await person();
    for (let round = 0; round < 12; round++) await guess(1, { username: `nobody-${round}` });
    expect((await logIn({ username })).status).toBe(429);
    expect((await logIn({ username, from: '198.51.100.1' })).status).toBe(200);
  });

  it('at a name nobody has are counted and answered like those at a real one', async () => {
    const real = await person();
    const answers = async (username: string) => {
      const all = [];
      for (let round = 0; round < 6; round++) all.push(told(await logIn({ username, password: 'wrong' })));
      return all;
    };
    expect(await answers('nobody-at-all')).toEqual(await answers(real));
  });

  it('at names with an invitation count as guesses from their address, and cost no hash beyond its limit', async () => {
    const { owner } = api.workspace.members;
    const headers = { 'x-forwarded-for': '203.0.113.1' };
    const send = (path: string, body: object, as?: typeof owner) =>
      api.call(path, { method: 'POST', headers, body, ...(as && { as }) });
    const { link } = (await send('/v1/invitations', { email: 'a@example.org', role: 'viewer' }, owner)).body;
    const secret = link.split('#')[1];
    const ask = (username: string) =>
      send('/v1/invitations/accept', { secret, username, password: testPassword });
    for (let round = 0; round < 12; round++) expect((await ask(owner.username)).status).toBe(409);
    expect((await ask('nobody-has-this')).status).toBe(429);
    expect((await logIn({ username: owner.username })).status).toBe(429);
    await withAdmin(api.databaseUrl, (sql) => sql`delete from rate_limits`);
    expect((await ask('nobody-has-this')).status).toBe(201);
  });

  it('that are right are not told under a lock', async () => {
    const username = await person();
    await guess(5, { username });
    expect(told(await logIn({ username }))).toEqual(told(await logIn({ username, password: 'wrong' })));
    expect((await logIn({ username })).status).toBe(429);
  });

  it('made in parallel are counted one by one', async () => {
    const username = await person();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, round) =>
        logIn({ username, password: 'wrong', from: `198.51.100.${round}` }),
      ),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
  });

  it('with names that look alike are guesses at one account', async () => {
    const username = await person();
    await guess(5, { username });
    expect(await guess(1, { username: username.toUpperCase() })).toEqual([429]);
  });

  it('with codes end after their own limit, also for who knows the password', async () => {
    const username = await person();
    expect(await guess(4, { username, code: '000000' })).toEqual([401, 401, 401, 429]);
    expect((await logIn({ username, code: '000000' })).status).toBe(429);
  });
});

describe('people', () => {
  it('who sign in again and again are never limited', async () => {
    const username = await person();
    for (let round = 0; round < 15; round++) expect((await logIn({ username })).status).toBe(200);
  });

  it('get in on a device they know while others guess, also behind the same address', async () => {
    const username = await person();
    const cookie = deviceOf(await logIn({ username }));
    for (let round = 0; round < 20; round++) await guess(1, { username, from: `198.51.100.${round}` });
    for (let round = 0; round < 12; round++) await guess(1, { username: `nobody-${round}` });
    expect((await logIn({ username })).status).toBe(429);
    expect((await logIn({ username, cookie })).status).toBe(200);
  });

  it('on a known device have its own limit, and a device of somebody else is unknown', async () => {
    const [mine, theirs] = [await person(), await person()];
    const cookie = deviceOf(await logIn({ username: mine }));
    expect(await guess(6, { username: mine, cookie })).toEqual([401, 401, 401, 401, 401, 429]);
    await guess(5, { username: theirs, from: '198.51.100.9' });
    expect((await logIn({ username: theirs, cookie })).status).toBe(429);
  });

  it('get in again when the time is over', async () => {
    const username = await person();
    await guess(6, { username });
    await withAdmin(api.databaseUrl, (sql) => sql`update rate_limits set expire = ${Date.now() - 1}`);
    expect((await logIn({ username })).status).toBe(200);
  });
});

describe('the counters', () => {
  it('hold neither names nor addresses', async () => {
    const username = await person();
    await guess(1, { username, from: '198.51.100.200' });
    const rows = await withAdmin(api.databaseUrl, (sql) => sql`select key from rate_limits`);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/limited|198\.51/);
  });

  it('let nothing through when they cannot be asked', async () => {
    const username = await person();
    await withAdmin(api.databaseUrl, (sql) => sql`alter table rate_limits rename to away`);
    try {
      for (const password of [testPassword, 'wrong']) {
        const answer = await logIn({ username, password });
        expect(answer.status).toBe(503);
        expect(answer.headers.get('retry-after')).not.toBeNull();
      }
    } finally {
      await withAdmin(api.databaseUrl, (sql) => sql`alter table away rename to rate_limits`);
    }
    expect((await logIn({ username })).status).toBe(200);
  });

  it('limit refreshes from one address, whether they succeed or not', async () => {
    const db = await openDatabase({ url: api.databaseUrl, name: 'test limits', max: 1 });
    try {
      const limits = createLimits(db, testKeyring, { address: 1, account: 1, codes: 1, refresh: 2 });
      await limits.refresh('2001:db8::1');
      await limits.refresh('2001:db8::2');
      await expect(limits.refresh('2001:db8::3'), 'the same network').rejects.toMatchObject({
        code: 'throttled',
      });
      await limits.refresh('2001:db8:0:1::1');
    } finally {
      await db.close();
    }
  });
});

function deviceOf(answer: Answer): string {
  const set = answer.headers.getSetCookie().find((cookie) => cookie.startsWith('sbx_device='));
  if (set === undefined) throw new Error('The device was not remembered.');
  expect(set).toMatch(/; HttpOnly; SameSite=Lax; Max-Age=15552000$/);
  return set.split(';')[0] ?? '';
}
