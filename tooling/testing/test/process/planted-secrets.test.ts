import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Database, openDatabase } from '@signalbox/db/client/database';
import { createUser } from '@signalbox/db/commands/access/create-user';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, earlyInStep } from '../../src/fixtures/authenticator.ts';
import {
  makeTenant,
  makeWorkspace,
  type TestTenant,
  type TestWorkspace,
  testKeyringText,
} from '../../src/fixtures/workspace.ts';
import { withAdmin } from '../../src/postgres/admin.ts';
import { createTestDatabase, type TestDatabase } from '../../src/postgres/test-database.ts';
import { startProcess, type TestProcess } from '../../src/process/start-process.ts';
import { useConnectionSecrets } from '../../src/secrets/connection-secrets.ts';
import { type EchoingProvider, startEchoingProvider } from '../../src/secrets/echoing-provider.ts';
import { allStoredText, writtenForms } from '../../src/secrets/search.ts';
import { waitUntil } from '../../src/wait-until.ts';

/** Secrets with letters that each encoding writes differently. */
const plant = (what: string): string => `${what}-${randomBytes(9).toString('hex')}/+ü&"`;
/** The same for places that take visible ASCII only. */
const plantAscii = (what: string): string => `${what}-${randomBytes(12).toString('hex')}`;

/** What is planted, by name. Answers of the API that show a secret once, on purpose, add theirs. */
const secrets: Record<string, string> = {
  'envelope key': randomBytes(32).toString('base64'),
  'tier secret': plantAscii('tier'),
  'password of the database': plantAscii('database'),
  'credential of a connection': plant('client'),
  'credential of a new connection': plantAscii('new-client'),
  'credential after a rotation': plantAscii('rotated'),
  'credential of another shape': plantAscii('bad-shape'),
  'state nobody was given': randomBytes(32).toString('base64url'),
  'right password': plant('right password'),
  'wrong password': plant('wrong password'),
  'password typed as a username': plant('typed as name'),
  'password in a body that is no JSON': plant('no json'),
  'password in a body of another shape': plant('shape'),
  'password in a body of another type': plant('type'),
  'token in a query': plantAscii('query'),
  'token in a path': plantAscii('path'),
  'bearer token that is none': plantAscii('bearer'),
  'basic credential': Buffer.from(plant('basic')).toString('base64'),
  'cookie of another site': plantAscii('cookie'),
  'wrong tier secret': plantAscii('wrong-tier'),
  'unknown header': plantAscii('header'),
  'idempotency key': plantAscii('idempotency'),
  'wrong API key': `sbx_0123456789A_${randomBytes(30).toString('hex')}`,
};

/** Where a secret may stand, since it is no credential there: the key of a request is kept to recognise its repeat. */
const allowed: Readonly<Record<string, (place: string) => boolean>> = {
  // What the provider calls its policies is its own data, and a restore writes it back.
  'credential of a connection': (place) =>
    place.startsWith('policies.') || place.startsWith('policy_versions.'),
  'hash of a password': (place) => place === 'users.password_hash',
  'idempotency key': (place) => place === 'idempotency_keys.key' || place === 'answer POST /v1/runs',
};

interface Seen {
  readonly place: string;
  readonly text: string;
}

let database: TestDatabase;
let db: Database;
let provider: EchoingProvider;
let api: TestProcess;
let worker: TestProcess;
let url: string;
let login: string;
let workspace: TestWorkspace;
let tenant: TestTenant;
let username: string;
/** Every answer and every piece of the live stream. */
const answers: Seen[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  login = `planted_${randomBytes(4).toString('hex')}`;
  await withAdmin(database.url, (sql) =>
    sql.unsafe(
      `create role ${login} login password '${secrets['password of the database']}' in role signalbox_app, signalbox_queue`,
    ),
  );
  const place = new URL(database.url);
  [place.username, place.password] = [login, secrets['password of the database'] ?? ''];
  db = await openDatabase({ url: database.url, name: 'planted', max: 2 });
  workspace = await makeWorkspace(db, 'ws-default');
  provider = await startEchoingProvider();
  // The fixture seals with the second one.
  const keys = `planted:${secrets['envelope key']},${testKeyringText}`;
  const shared = { DATABASE_URL: place.href, SIGNALBOX_KEYS: keys, SIGNALBOX_LOG_LEVEL: 'trace' };
  tenant = await makeTenant(db, workspace.id, {
    externalId: 'contoso',
    settings: { clientId: 'planted-client' },
    secret: secrets['credential of a connection'] ?? '',
  });
  username = plantAscii('person');
  const password = secrets['right password'] ?? '';
  const userId = await createUser(db, { username, email: `${username}@example.org`, password });
  await withAdmin(
    database.url,
    (sql) =>
      sql`insert into members (workspace_id, user_id, role) values (${workspace.id}, ${userId}, 'owner')`,
  );
  api = await startProcess({
    script: fileURLToPath(import.meta.resolve('@signalbox/api/main')),
    env: { ...shared, PORT: '0', WORKSPACE_TIER_UPDATE_SECRET: secrets['tier secret'] ?? '' },
    ready: /The API answers/,
  });
  [, url = ''] = await api.waitForLine(/"url":"(http:[^"]+)"/);
  worker = await startProcess({
    script: fileURLToPath(import.meta.resolve('@signalbox/worker/main')),
    env: { ...shared, SIGNALBOX_GRAPH_URL: provider.url, SIGNALBOX_GRAPH_LOGIN_URL: provider.url },
    ready: /worker ready/,
  });
}, 120_000);

afterAll(async () => {
  for (const one of [api, worker]) {
    one?.kill();
    await one?.exited;
  }
  await provider?.close();
  await db?.close();
  await withAdmin(database.url, (sql) => sql.unsafe(`drop role if exists ${login}`));
  await database?.drop();
});

interface Ask {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Names of secrets that this answer shows on purpose, each read out of its body. */
  readonly reveals?: Readonly<Record<string, (body: never) => string | string[]>>;
}

// biome-ignore lint/suspicious/noExplicitAny: bodies of every shape
async function ask(path: string, { method = 'GET', body, headers = {}, reveals }: Ask = {}): Promise<any> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(url + path, {
    method,
    headers: { ...json, ...headers },
    redirect: 'manual',
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  let text = await response.text();
  const parsed = text.startsWith('{') ? JSON.parse(text) : {};
  for (const [name, read] of Object.entries(reveals ?? {})) {
    for (const [n, secret] of [read(parsed as never)].flat().entries()) {
      secrets[n === 0 ? name : `${name} ${n + 1}`] = secret;
      text = text.replaceAll(secret, '');
    }
  }
  const cookie = response.headers.get('set-cookie') ?? '';
  const held = [...response.headers].filter(([name]) => name !== 'set-cookie');
  answers.push({ place: `answer ${method} ${path.split('?')[0]}`, text: `${JSON.stringify(held)} ${text}` });
  return { status: response.status, body: parsed, cookie };
}

const post = (path: string, body: unknown, more: Ask = {}) => ask(path, { method: 'POST', body, ...more });

/** Starts an operation and waits until its run has ended; answers its status. */
async function runToEnd(operation: string, headers: Record<string, string>): Promise<string> {
  const { body } = await post('/v1/runs', { operation, tenantId: tenant.tenantId }, { headers });
  const id = body.run?.id;
  if (id === undefined) throw new Error(`${operation}: ${JSON.stringify(body)}`);
  const ended = ['succeeded', 'partial', 'failed', 'cancelled'];
  const run = await waitUntil(`run ${id} ends`, () => ask(`/v1/runs/${id}`, { headers }), {
    until: ({ body: { status } }) => ended.includes(status),
    timeoutMs: 60_000,
  });
  for (const part of ['logs', 'items', 'timeline', 'events', 'steps', 'audit']) {
    await ask(`/v1/runs/${id}/${part}`, { headers });
  }
  return run.body.status;
}

test('no secret that passes through is found in a log, in the database, in an answer or in the live stream', async () => {
  const of = (name: string): string => secrets[name] ?? '';

  // People: right, wrong, and put where it does not belong.
  const signedIn = await post('/v1/auth/sign-in', { username, password: of('right password') });
  expect(signedIn.status).toBe(200);
  const cookie = signedIn.cookie.split(';')[0] ?? '';
  secrets['cookie of a session'] = cookie.split('=')[1] ?? '';
  expect(of('cookie of a session').length).toBeGreaterThan(20);
  const bearer = async (): Promise<string> => {
    const body = { username, password: of('right password') };
    const answer = await post('/auth/login', body, {
      reveals: { 'access token': (it: { data: { token: string } }) => it.data.token },
    });
    expect(answer.status).toBe(200);
    return of('access token');
  };
  const authorization = `Bearer ${await bearer()}`;
  const own = { authorization };
  const stream = new AbortController();
  const live = fetch(`${url}/trpc/live.events?input=%7B%7D`, {
    headers: { cookie, accept: 'text/event-stream' },
    signal: stream.signal,
  }).then(async (response) => {
    for await (const chunk of response.body ?? []) {
      answers.push({ place: 'live stream', text: Buffer.from(chunk).toString() });
    }
  });
  const cut = live.catch(() => undefined);

  await post('/v1/auth/sign-in', { username, password: of('wrong password') });
  await post('/auth/login', { username, password: of('wrong password'), mfa_code: '123456' });
  await post('/auth/login', { username: of('password typed as a username'), password: 'x' });
  await post(
    '/v1/auth/sign-in',
    `{"username":"${username}","password":${JSON.stringify(of('password in a body that is no JSON'))}`,
  );
  await post('/v1/auth/sign-in', { username, password: [of('password in a body of another shape')] });
  await post('/v1/auth/sign-in', { username, [of('password in a body of another shape')]: 1 });
  await post('/v1/auth/sign-in', `password=${of('password in a body of another type')}`, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  await post(
    '/v1/account/password',
    { current: of('wrong password'), next: of('wrong password') },
    { headers: own },
  );

  // Credentials in queries, paths and headers.
  await ask(`/v1/runs?access_token=${of('token in a query')}`, { headers: own });
  await ask(`/nowhere?token=${of('token in a query')}`);
  await ask(`/trpc/me.get?input=${encodeURIComponent(JSON.stringify({ token: of('token in a query') }))}`);
  await ask(`/v1/runs/${of('token in a path')}`, { headers: own });
  await ask(`/admin/t/${of('token in a path')}/runs/x`, { method: 'POST', headers: own });
  await ask(`/${of('token in a path')}`);
  for (const value of [
    `Bearer ${of('bearer token that is none')}`,
    `Basic ${of('basic credential')}`,
    `Bearer ${of('wrong API key')}`,
  ]) {
    expect((await ask('/v1/me', { headers: { authorization: value } })).status).toBe(401);
  }
  await ask('/v1/me', {
    headers: { cookie: `other=${of('cookie of another site')}; sbx_session=${of('cookie of another site')}` },
  });
  await ask('/v1/me', {
    headers: { 'x-anything': of('unknown header'), 'x-workspace-id': of('unknown header'), ...own },
  });

  // Programs, invitations, second factor, tier.
  const key = await post(
    '/v1/api-keys',
    { name: 'planted', capabilities: ['run.read'] },
    {
      headers: own,
      reveals: { 'API key': (it: { key: string }) => it.key },
    },
  );
  expect([key.status, of('API key').slice(0, 4)]).toEqual([201, 'sbx_']);
  expect((await ask('/v1/runs', { headers: { authorization: `Bearer ${of('API key')}` } })).status).toBe(200);
  await post(
    '/v1/runs',
    { operation: 'snapshot_capture' },
    { headers: { authorization: `Bearer ${of('API key')}` } },
  );
  const invited = await post(
    '/v1/invitations',
    { email: 'a@example.org', role: 'viewer' },
    {
      headers: own,
      reveals: { invitation: (it: { link: string }) => it.link.split('#')[1] ?? '' },
    },
  );
  expect([invited.status, of('invitation').length > 20]).toEqual([201, true]);
  await post('/v1/invitations/look', { secret: of('invitation') });
  await post('/v1/invitations/look', { secret: of('wrong password') });

  const tier = (secret: string) =>
    ask(`/workspaces/${workspace.id}/tier`, {
      method: 'PATCH',
      body: { tier: 'pro' },
      headers: { 'x-webhook-secret': secret },
    });
  expect((await tier(of('tier secret'))).status).toBe(200);
  expect((await tier(of('wrong tier secret'))).status).toBe(403);

  const rotate = await useConnectionSecrets({ ask, of, headers: own, tenantId: tenant.tenantId });

  // Work: done, refused at sign-in with everything repeated, and refused later.
  const operator = { authorization: `Bearer ${await bearer()}` };
  const keyed = { ...operator, 'idempotency-key': of('idempotency key') };
  expect(await runToEnd('snapshot_capture', keyed)).toBe('succeeded');
  provider.mood = 'echo_names';
  expect(await runToEnd('snapshot_capture', operator)).toBe('succeeded');
  provider.mood = 'echo_requests';
  expect(await runToEnd('snapshot_capture', operator)).toBe('failed');
  provider.mood = 'echo_sign_in';
  expect(await runToEnd('provider.connection.check', operator)).not.toBe('cancelled');
  expect(provider.seen).toContain(of('credential of a connection'));
  for (const [n, token] of provider.tokens.entries()) secrets[`token of the provider ${n + 1}`] = token;

  // A fault of ours while secrets are on their way: the statement with its values must not be told.
  const [stored] = await withAdmin(
    database.url,
    (sql) => sql<{ hash: string }[]>`select password_hash as hash from users where username = ${username}`,
  );
  secrets['hash of a password'] = stored?.hash ?? '';
  for (const table of ['sessions', 'users']) {
    await withAdmin(database.url, (sql) => sql.unsafe(`alter table ${table} rename to away`));
    try {
      const password = of('right password');
      expect((await post('/v1/auth/sign-in', { username, password })).status).toBe(500);
      expect((await ask('/v1/me', { headers: { cookie } })).status).toBe(500);
      expect((await ask('/v1/me', { headers: own })).status).toBe(500);
      await post('/v1/auth/sign-in', { username: of('password typed as a username'), password });
      expect(await rotate()).toBe(500);
    } finally {
      await withAdmin(database.url, (sql) => sql.unsafe(`alter table away rename to ${table}`));
    }
  }

  await earlyInStep();
  const enrolled = await post(
    '/v1/account/mfa/enrol',
    { password: of('right password') },
    {
      headers: own,
      reveals: { 'secret of the second factor': (it: { secret: string }) => it.secret },
    },
  );
  expect(enrolled.status).toBe(200);
  const confirmed = await post(
    '/v1/account/mfa/confirm',
    { code: codeOf(of('secret of the second factor')) },
    {
      headers: own,
      reveals: { 'recovery code': (it: { recoveryCodes: string[] }) => it.recoveryCodes },
    },
  );
  expect(confirmed.status).toBe(200);
  await post(
    '/auth/login',
    { username, password: of('right password'), mfa_code: of('recovery code') },
    {
      reveals: {
        'access token of a recovery': (it: { data?: { token: string } }) =>
          it.data?.token ?? of('access token'),
      },
    },
  );
  await post('/auth/login', { username, password: of('right password'), mfa_code: of('recovery code') });
  for (const path of [
    '/v1/account/sessions',
    '/v1/api-keys',
    '/v1/invitations',
    '/v1/connections',
    '/v1/me',
    '/v1/account/mfa',
  ]) {
    await ask(path, { headers: own });
  }
  await post('/v1/auth/sign-out', {}, { headers: { cookie, origin: url } });
  stream.abort();
  await cut;

  const log = [api, worker].flatMap(({ lines }, n) =>
    lines.map((text) => ({ place: n === 0 ? 'log of the API' : 'log of the worker', text })),
  );
  const kept = await allStoredText(database.url);
  // What is searched holds what it should: a search that sees nothing would find nothing.
  expect(log.some(({ text }) => text.includes('/v1/auth/sign-in'))).toBe(true);
  expect(log.some(({ text }) => text.includes('an attempt threw'))).toBe(true);
  expect(kept.some(({ place, text }) => place === 'users.username' && text === username)).toBe(true);
  expect(kept.some(({ place }) => place === 'run_logs.text')).toBe(true);
  expect(answers.some(({ place }) => place === 'live stream')).toBe(true);
  expect(kept.filter(({ place }) => place === 'run_items.label').map(({ text }) => text)).toContain(
    'policy [redacted] name',
  );
  expect(log.filter(({ text }) => text.includes('request failed')).length).toBeGreaterThan(5);

  const found: string[] = [];
  for (const [name, secret] of Object.entries(secrets)) {
    expect(secret.length, name).toBeGreaterThan(7);
    const forms = writtenForms(secret);
    for (const { place, text } of [...log, ...kept, ...answers]) {
      if (allowed[name]?.(place) === true) continue;
      if (forms.some((form) => text.includes(form))) found.push(`${name} in ${place}: ${text.slice(0, 600)}`);
    }
  }
  expect([...new Set(found)]).toEqual([]);
}, 240_000);
