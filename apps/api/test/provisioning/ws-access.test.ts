import { makeApiKey } from '@signalbox/testing/fixtures/api-key';
import { signedIn } from '@signalbox/testing/fixtures/signed-in';
import { testKeyring, testPassword } from '@signalbox/testing/fixtures/workspace';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAccessTokens } from '../../src/access/access-tokens.ts';
import { createLogger } from '../../src/logger.ts';
import { joinAs } from '../support/join-as.ts';
import { rawHead, rawRequest } from '../support/raw-request.ts';
import type { TestApi } from '../support/test-api.ts';
import { openWs, tryWs, type WsAsk, type WsClient } from '../support/ws-client.ts';
import { openWsStage, type WsStage } from '../support/ws-stage.ts';

let stage: WsStage;
let api: TestApi;
const log: string[] = [];
const sent: string[] = [];
const opened: WsClient[] = [];

beforeAll(async () => {
  const logger = createLogger('debug', { write: (line: string) => void log.push(line) });
  stage = await openWsStage({ logger, ws: { recheckMs: 150, mostSockets: 3, heartbeatMs: 300 } });
  api = stage.api;
});
afterEach(() => {
  for (const client of opened.splice(0)) client.cut();
});
afterAll(() => stage.close());

async function open(ask: WsAsk): Promise<WsClient> {
  const client = await openWs(api, ask);
  opened.push(client);
  return client;
}

async function status(ask: WsAsk): Promise<number> {
  const answer = await tryWs(api, ask);
  if ('status' in answer) return answer.status;
  opened.push(answer);
  return 101;
}

async function ticket(credential: { key?: string; headers?: Record<string, string> }): Promise<string> {
  const answer = await api.call('/v1/auth/ws-ticket', { method: 'POST', ...credential });
  expect(answer.status).toBe(200);
  sent.push(answer.body.ticket);
  return answer.body.ticket;
}

/** Somebody new with a token of a session of their own. */
async function somebody(role = 'viewer') {
  const person = await joinAs(api, api.workspace.members.owner, { role });
  const token = await api.token(person);
  sent.push(token);
  return { person, token, headers: { authorization: `Bearer ${token}` } };
}

/** A session of the console. */
async function cookieOf(username: string): Promise<string> {
  const answer = await api.call('/v1/auth/sign-in', {
    method: 'POST',
    body: { username, password: testPassword },
  });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

describe('an upgrade is let in', () => {
  it('by a ticket once, also when fifty ask at the same moment', async () => {
    const { headers } = await somebody();
    const token = await ticket({ headers });
    const answers = await Promise.all(Array.from({ length: 50 }, () => status({ query: { token } })));
    expect(answers.filter((each) => each === 101)).toHaveLength(1);
    expect(answers.filter((each) => each === 401)).toHaveLength(49);
  });

  it('by an access token, and by the cookie of a page of ours', async () => {
    const { person, token } = await somebody();
    const cookie = await cookieOf(person.username);
    expect(await status({ query: { token } })).toBe(101);
    expect(await status({ query: { token }, headers: { origin: api.url } })).toBe(101);
    expect(await status({ headers: { cookie, origin: api.url } })).toBe(101);
  });

  it('by a ticket of an API key, in the workspace of the key', async () => {
    const key = await makeApiKey(api.db, api.workspace.members.owner, { capabilities: ['run.read'] });
    expect(
      await status({ query: { token: await ticket({ key: key.text }), workspace: api.workspace.id } }),
    ).toBe(101);
  });
});

describe('an upgrade is refused over HTTP', () => {
  const refused: Record<
    string,
    (given: { token: string; cookie: string }) => Promise<[number, WsAsk]> | [number, WsAsk]
  > = {
    'without a token': () => [401, {}],
    'with an empty token': () => [401, { query: { token: '' } }],
    'with a made-up ticket': () => [401, { query: { token: `wst_${'a'.repeat(43)}` } }],
    'with an expired ticket': async ({ token: held }) => {
      const token = await ticket({ headers: { authorization: `Bearer ${held}` } });
      await stage.admin`update ws_tickets set expires_at = now() - interval '1 second'`;
      return [401, { query: { token } }];
    },
    'with a truncated token': ({ token }) => [401, { query: { token: token.slice(0, -4) } }],
    'with a token of no algorithm': ({ token }) => {
      const [, payload] = token.split('.');
      const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
      return [401, { query: { token: `${header}.${payload}.` } }];
    },
    'with an API key in the address': async () => {
      const key = await makeApiKey(api.db, api.workspace.members.owner);
      sent.push(key.text);
      return [401, { query: { token: key.text } }];
    },
    'with a good header and a bad token': ({ token }) => [
      401,
      { query: { token: 'a.b.c' }, headers: { authorization: `Bearer ${token}` } },
    ],
    'for a page of another site': ({ token }) => [
      403,
      { query: { token }, headers: { origin: 'https://elsewhere.example' } },
    ],
    'for the opaque origin': ({ token }) => [403, { query: { token }, headers: { origin: 'null' } }],
    'with the cookie and no origin': ({ cookie }) => [403, { headers: { cookie } }],
    'for a workspace of others': async ({ token }) => {
      const { id } = await stage.workspace();
      return [404, { query: { token, workspace: id } }];
    },
    'with a ticket of another workspace than the named one': async ({ token: held }) => {
      const token = await ticket({ headers: { authorization: `Bearer ${held}` } });
      return [404, { query: { token }, headers: { 'x-workspace-id': 'ws-other' } }];
    },
    'with an unknown key in the query': ({ token }) => [400, { query: { token, lastEventId: '-1' } }],
  };

  it.each(Object.keys(refused))('%s', async (name) => {
    const { person, token } = await somebody();
    const cookie = await cookieOf(person.username);
    const [expected, ask] = (await refused[name]?.({ token, cookie })) ?? [0, {}];
    const answer = await tryWs(api, ask);
    expect(answer).toMatchObject({ status: expected, body: { success: false, status: expected } });
  });

  it('naming the capability that a key lacks', async () => {
    const key = await makeApiKey(api.db, api.workspace.members.owner, { capabilities: ['tenant.read'] });
    const answer = await tryWs(api, { query: { token: await ticket({ key: key.text }) } });
    expect(answer).toMatchObject({ status: 403, body: { capability: 'run.read' } });
  });

  it('to more sockets than one caller may have, until one of them is closed', async () => {
    const { token } = await somebody();
    const three = await Promise.all([1, 2, 3].map(() => open({ query: { token } })));
    expect(await status({ query: { token } })).toBe(429);
    three[0]?.socket.close();
    await three[0]?.end();
    expect(await status({ query: { token } })).toBe(101);
  });
});

it('a plain request is told to upgrade, another method is not allowed, and another upgrade is no matter', async () => {
  expect((await api.call('/ws?token=x')).status).toBe(426);
  expect((await api.call('/ws', { method: 'POST' })).status).toBe(405);
  const odd = ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 8'];
  expect(
    (await rawRequest(api.url, rawHead('GET', '/ws', odd).replace('Connection: close\r\n', ''))).status,
  ).toBe(426);
  const upgrade = ['Upgrade: h2c', 'Connection: Upgrade, HTTP2-Settings, close'];
  const { body, status: answered } = await rawRequest(api.url, rawHead('GET', '/health', upgrade));
  expect([answered, JSON.parse(body).success]).toEqual([200, true]);
});

describe('an open socket is closed with 4401 when', () => {
  const ends: Record<string, () => Promise<{ client: WsClient; end: () => Promise<unknown> }>> = {
    'the session ends, although a ticket opened it': async () => {
      const { headers } = await somebody();
      const client = await open({ query: { token: await ticket({ headers }) } });
      return { client, end: () => api.call('/v1/auth/sign-out', { method: 'POST', headers }) };
    },
    'the member is removed': async () => {
      const { person, token } = await somebody();
      const path = `/v1/members/${person.userId}`;
      return {
        client: await open({ query: { token } }),
        end: () => api.call(path, { method: 'DELETE', as: api.workspace.members.owner }),
      };
    },
    'the key is revoked': async () => {
      const { owner } = api.workspace.members;
      const key = await makeApiKey(api.db, owner, { capabilities: ['run.read'] });
      const client = await open({ query: { token: await ticket({ key: key.text }) } });
      return {
        client,
        end: () => api.call(`/v1/api-keys/${key.id}/revoke`, { method: 'POST', as: owner, body: {} }),
      };
    },
    'the key loses the capability': async () => {
      const { owner } = api.workspace.members;
      const key = await makeApiKey(api.db, owner, { capabilities: ['run.read'] });
      const client = await open({ query: { token: await ticket({ key: key.text }) } });
      return {
        client,
        end: () => stage.admin`update api_keys set capabilities = '{tenant.read}' where id = ${key.id}`,
      };
    },
    'the token expires': async () => {
      const { person } = await somebody();
      const session = await signedIn(api.db, { username: person.username, password: testPassword });
      if (session === null) throw new Error('No session.');
      const tokens = createAccessTokens(api.db, testKeyring);
      const almost = new Date(Date.now() - 15 * 60_000 + 2_000);
      const { token } = await tokens.sign(session, almost);
      return { client: await open({ query: { token } }), end: async () => {} };
    },
  };

  it.each(Object.keys(ends))('%s', async (name) => {
    const bystander = await open({ query: { token: (await somebody()).token } });
    const { client, end } = (await ends[name]?.()) ?? { client: bystander, end: async () => {} };
    await end();
    expect(await client.end()).toBe(4401);
    expect(bystander.closed()).toBeNull();
  });
});

it('a client that answers no ping is let go, one that does stays', async () => {
  const silent = await open({ query: { token: (await somebody()).token }, autoPong: false });
  const lively = await open({ query: { token: (await somebody()).token } });
  expect(await silent.end()).toBe(1006);
  expect(lively.closed()).toBeNull();
});

it('neither tokens nor tickets stand in the log, which names the route alone', () => {
  const text = log.join('');
  expect(text).toContain('"route":"/ws"');
  expect(text).not.toContain('token=');
  for (const secret of sent) expect(text).not.toContain(secret);
});
