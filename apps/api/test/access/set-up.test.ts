import { type Database, openDatabase } from '@signalbox/db/client/database';
import { offerSetup } from '@signalbox/db/commands/access/setup-link';
import { makeUser, testKeyring } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { createTestDatabase, type TestDatabase } from '@signalbox/testing/postgres/test-database';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from '../../src/start-api.ts';
import { startLines } from '../../src/start-lines.ts';

let database: TestDatabase;
let db: Database;
let admin: ReturnType<typeof openAdmin>;
let api: RunningApi;
let others: RunningApi[];

const start = (options: { demoPassword?: string } = {}): Promise<RunningApi> =>
  startApi({
    databaseUrl: database.url,
    keyring: testKeyring,
    host: '127.0.0.1',
    port: 0,
    demoPassword: null,
    ...options,
  });

beforeEach(async () => {
  database = await createTestDatabase();
  db = await openDatabase({ url: database.url, name: 'test', max: 2 });
  admin = openAdmin(database.url);
  others = [];
  api = await start();
});
afterEach(async () => {
  for (const each of [api, ...others]) await each.close();
  await admin.end();
  await db.close();
  await database.drop();
});

const ada = {
  username: 'ada',
  email: 'ada@example.org',
  password: 'an analytical engine',
  workspaceName: 'Example Ltd',
};
const setUp = async (body: object) => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${api.url}/v1/setup`, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await answer.text();
  const set = answer.headers.get('set-cookie') ?? '';
  return { status: answer.status, text, body: JSON.parse(text), cookie: set.split(';')[0] ?? '' };
};
const options = async () => (await (await fetch(`${api.url}/v1/sign-in-options`)).json()) as object;
const count = async (table: string): Promise<number> =>
  (await admin`select count(*)::int as n from ${admin(table)}`)[0]?.n;
const withoutId = (text: string) => text.replace(/"requestId":"[^"]+"/, '');

describe('while nobody exists', () => {
  it('the link makes a person, their workspace and their session, and all three work', async () => {
    expect(await options()).toEqual({ demo: false, accounts: [], setupNeeded: true });
    const made = await setUp({ ...ada, secret: api.setupSecret });
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({
      user: { username: 'ada', email: 'ada@example.org' },
      workspaces: [{ id: 'ws-default', name: 'Example Ltd', role: 'owner', tier: 'free' }],
      current: { workspaceId: 'ws-default', role: 'owner' },
      demo: false,
    });
    const headers = { cookie: made.cookie };
    expect((await fetch(`${api.url}/v1/overview`, { headers })).status).toBe(200);
    const body = JSON.stringify({ username: 'ada', password: ada.password });
    const json = { 'content-type': 'application/json' };
    expect((await fetch(`${api.url}/auth/login`, { method: 'POST', headers: json, body })).status).toBe(200);
    expect(await options()).toEqual({ demo: false, accounts: [], setupNeeded: false });
    const entries =
      await admin`select action, actor_name from audit_entries where workspace_id = 'ws-default' order by id`;
    expect(entries.map((entry) => ({ ...entry }))).toEqual([
      { action: 'account.set_up', actor_name: 'ada' },
      { action: 'workspace.created', actor_name: 'ada' },
      { action: 'account.signed_in', actor_name: 'ada' },
      { action: 'account.signed_in', actor_name: 'ada' },
    ]);
  });

  it('fifty uses at the same moment make one owner', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        setUp({ ...ada, username: `owner-${n}`, secret: api.setupSecret }),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(new Set(statuses)).toEqual(new Set([200, 404]));
    expect([await count('users'), await count('workspaces'), await count('sessions')]).toEqual([1, 1, 1]);
  });

  it('a new start makes a new link, and the older one is worth nothing', async () => {
    const again = await start();
    others.push(again);
    expect(again.setupSecret).not.toBe(api.setupSecret);
    expect((await setUp({ ...ada, secret: api.setupSecret })).status).toBe(404);
    expect((await setUp({ ...ada, secret: again.setupSecret })).status).toBe(200);
  });

  it('a link is worth nothing after 24 hours, and its secret is not stored', async () => {
    const [row] =
      await admin`select *, expires_at > now() + interval '23 hours 59 minutes' as day from setup_links`;
    expect(row?.day).toBe(true);
    expect(JSON.stringify(row)).not.toContain(api.setupSecret);
    await admin`update setup_links set expires_at = now()`;
    expect((await setUp({ ...ada, secret: api.setupSecret })).status).toBe(404);
    expect(await count('users')).toBe(0);
  });

  it.each([
    ['username', 'a b'],
    ['username', 'ädá'],
    ['email', 'nobody'],
    ['password', 'too short'],
    ['password', 'Qwertyuiop123'],
    ['workspaceName', ''],
    ['workspaceName', 'Exa\u202emple'],
    ['extra', 1],
  ])('what is wrong with %s is said, and the link can be used again: %j', async (name, value) => {
    const refused = await setUp({ ...ada, secret: api.setupSecret, [name]: value });
    expect(refused.status).toBe(400);
    expect(refused.body.errors[0].pointer).toBe(`/${name}`);
    expect(await count('users')).toBe(0);
    expect((await setUp({ ...ada, secret: api.setupSecret })).status).toBe(200);
  });

  it('nothing is told without the link, whatever else is wrong', async () => {
    const wrong = await setUp({ ...ada, secret: 'x'.repeat(43) });
    expect(wrong.status).toBe(404);
    for (const body of [{}, { secret: 7 }, { secret: null, extra: 1 }, { ...ada, secret: ['a'] }]) {
      const answer = await setUp(body);
      expect([answer.status, withoutId(answer.text)]).toEqual([404, withoutId(wrong.text)]);
    }
    expect(await count('users')).toBe(0);
  });
});

describe('once somebody exists', () => {
  it('there is no set-up, whatever the secret', async () => {
    const secret = api.setupSecret;
    await makeUser(db, 'somebody');
    const good = await setUp({ ...ada, secret });
    const bad = await setUp({ secret: 'nonsense' });
    expect([good.status, bad.status]).toEqual([404, 404]);
    expect(withoutId(good.text)).toBe(withoutId(bad.text));
    expect(await offerSetup(db)).toBeNull();
    const again = await start();
    others.push(again);
    expect(again.setupSecret).toBeNull();
    expect(await count('setup_links')).toBe(0);
  });

  it('a demo offers none, since it makes its own people', async () => {
    const demo = await start({ demoPassword: 'signalbox-demo' });
    others.push(demo);
    expect(demo.setupSecret).toBeNull();
  });
});

describe('what a start prints', () => {
  const here = {
    url: 'http://127.0.0.1:3000',
    host: '127.0.0.1',
    demo: false,
    publicOrigin: undefined,
    setupSecret: 'secret',
  };

  it('is the link, on the address people use', () => {
    expect(startLines(here)).toBe('Open http://localhost:3000/setup#secret to make the first owner\n');
    const proxied = { ...here, host: '0.0.0.0', publicOrigin: 'https://signalbox.example' };
    expect(startLines(proxied)).toBe('Open https://signalbox.example/setup#secret to make the first owner\n');
    expect(startLines({ ...here, setupSecret: null })).toBe('');
  });

  it('is that nobody can sign in, where a cookie would travel between machines over plain http', () => {
    for (const publicOrigin of [undefined, 'http://signalbox.example']) {
      const lines = startLines({ ...here, host: '0.0.0.0', publicOrigin });
      expect(lines).toContain('Nobody can sign in');
      expect(lines).not.toContain('secret');
    }
  });
});
