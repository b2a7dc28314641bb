import { createHmac, generateKeyPairSync } from 'node:crypto';
import { signingKeys } from '@signalbox/db/commands/access/signing-key';
import { signedIn } from '@signalbox/testing/fixtures/signed-in';
import { testKeyring, testPassword } from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { importJWK, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawHead, rawRequest } from '../support/raw-request.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let good: { header: JWTHeaderParameters; payload: JWTPayload };
let privateKey: Awaited<ReturnType<typeof importJWK>>;
let publicX: string;

beforeAll(async () => {
  api = await startTestApi();
  const member = api.workspace.members.operator;
  const [header, payload] = (await api.token(member))
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
  good = { header, payload };
  const [key] = await signingKeys(api.db, testKeyring);
  if (key === undefined) throw new Error('no key');
  privateKey = await importJWK({ ...key.privateJwk }, 'EdDSA');
  publicX = String(key.publicJwk.x);
});
afterAll(() => api.close());

const sign = (header: Partial<JWTHeaderParameters>, payload: JWTPayload, key = privateKey) =>
  new SignJWT({ ...good.payload, ...payload })
    .setProtectedHeader({ ...good.header, ...header } as JWTHeaderParameters)
    .sign(key);

const ask = (authorization: string) => api.call('/v1/me', { headers: { authorization } });

function byHand(header: object, payload: object, mac: (text: string) => string): string {
  const text = [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${text}.${mac(text)}`;
}

it('a token signed by hand with our key and claims works, so the refusals below have their own cause', async () => {
  expect((await ask(`Bearer ${await sign({}, {})}`)).status).toBe(200);
});

describe('is refused with the same 401 as no token at all', () => {
  const past = Math.floor(Date.now() / 1_000) - 5;
  const cases: Record<string, () => Promise<string> | string> = {
    'alg none': () => byHand({ ...good.header, alg: 'none' }, good.payload, () => ''),
    'alg NONE': () => byHand({ ...good.header, alg: 'NONE' }, good.payload, () => ''),
    'alg None': () => byHand({ ...good.header, alg: 'None' }, good.payload, () => 'x'),
    'no alg': () => byHand({ typ: good.header.typ, kid: good.header.kid }, good.payload, () => 'x'),
    'HS256 with the public key as text': () =>
      byHand({ ...good.header, alg: 'HS256' }, good.payload, (text) =>
        createHmac('sha256', publicX).update(text).digest('base64url'),
      ),
    'HS256 with the public key': () =>
      byHand({ ...good.header, alg: 'HS256' }, good.payload, (text) =>
        createHmac('sha256', Buffer.from(publicX, 'base64url')).update(text).digest('base64url'),
      ),
    'a foreign key under our key id': () =>
      sign({}, {}, generateKeyPairSync('ed25519').privateKey as unknown as typeof privateKey),
    'an unknown key id': () => sign({ kid: 'unknown' }, {}),
    'a key id that is a path': () => sign({ kid: '../../etc/passwd' }, {}),
    'a key id that is SQL': () => sign({ kid: "' union select null --" }, {}),
    'a key id that is a number': () => sign({ kid: 1 as unknown as string }, {}),
    'no key id': () => sign({ kid: undefined as unknown as string }, {}),
    'a key elsewhere, by jku': () => foreign({ jku: 'http://127.0.0.1:9/keys' }),
    'a key elsewhere, by x5u': () => foreign({ x5u: 'http://127.0.0.1:9/cert' }),
    'a certificate inside the token': () => foreign({ x5c: ['AAAA'] }),
    'a critical header of another kind': () =>
      byHand({ ...good.header, crit: ['b64'], b64: false }, good.payload, () => 'x'),
    'a key inside the token': () => {
      const { publicKey, privateKey: own } = generateKeyPairSync('ed25519');
      const jwk = publicKey.export({ format: 'jwk' }) as never;
      return sign({ jwk, kid: 'mine' }, {}, own as unknown as typeof privateKey);
    },
    expired: () => sign({}, { exp: past }),
    'not yet valid': () => sign({}, { nbf: past + 3_600 }),
    'an expiry that is text': () => sign({}, { exp: String(past + 9_000) as unknown as number }),
    'an expiry that is null': () => sign({}, { exp: null as unknown as number }),
    'an expiry that is no number a clock has': () =>
      byHand(good.header, { ...good.payload, exp: '1e30' }, () => 'x'),
    'a payload that is no object': () => byHand(good.header, [good.payload], () => 'x'),
    'a signature with other letters behind it': async () => `${await sign({}, {})}AAAA`,
    'a kilobyte of dots': () => '.'.repeat(1_000),
    '8 kB': () => `eyJ${'a'.repeat(8_000)}`,
    'longer than a token may be': () => 'a'.repeat(9_000),
    'no expiry': () => {
      const { exp: _, ...rest } = good.payload;
      return new SignJWT(rest).setProtectedHeader(good.header).sign(privateKey);
    },
    'another audience': () => sign({}, { aud: 'elsewhere' }),
    'another issuer': () => sign({}, { iss: 'elsewhere' }),
    'another type': () => sign({ typ: 'JWT' }, {}),
    'no session': () => sign({}, { jti: '00000000-0000-4000-8000-000000000000' }),
    'a session id that is no uuid': () => sign({}, { jti: "' or 1=1 --" }),
    'another subject': () => sign({}, { sub: '00000000-0000-4000-8000-000000000000' }),
    truncated: async () => (await sign({}, {})).slice(0, -10),
    'three dots': async () => `${await sign({}, {})}.x`,
    'not a token': () => 'hello',
  };

  const foreign = (header: object) =>
    sign(
      { ...header, kid: 'mine' },
      {},
      generateKeyPairSync('ed25519').privateKey as unknown as typeof privateKey,
    );

  it.each(Object.keys(cases))('%s', async (name) => {
    const nobody = await api.call('/v1/me');
    const answer = await ask(`Bearer ${await cases[name]?.()}`);
    expect(answer.status).toBe(401);
    expect({ ...answer.body, requestId: null }).toEqual({ ...nobody.body, requestId: null });
  });

  it('a token whose session was ended', async () => {
    const opened = await signedIn(api.db, {
      username: api.workspace.members.viewer.username,
      password: testPassword,
    });
    const token = await sign({}, { jti: opened?.jti ?? '', sub: opened?.uid ?? '' });
    expect((await ask(`Bearer ${token}`)).status).toBe(200);
    await api.call('/v1/auth/sign-out', { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    expect((await ask(`Bearer ${token}`)).status).toBe(401);
  });
});

it('a broken token is not saved by a good cookie', async () => {
  const answer = await api.call('/v1/auth/sign-in', {
    method: 'POST',
    body: { username: api.workspace.members.viewer.username, password: testPassword },
  });
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  expect((await api.call('/v1/me', { headers: { cookie } })).status).toBe(200);
  expect((await api.call('/v1/me', { headers: { cookie, authorization: 'Bearer broken' } })).status).toBe(
    401,
  );
});

it('a token of more than the headers may hold is 431, and the next request is served', async () => {
  const answer = await rawRequest(
    api.url,
    rawHead('GET', '/v1/me', [`Authorization: Bearer ${'a'.repeat(1_048_576)}`]),
  ).catch(() => null);
  // The server may hang up before all of it was sent.
  if (answer !== null) expect(answer.status).toBe(431);
  expect((await ask(`Bearer ${await sign({}, {})}`)).status).toBe(200);
});

it('two Authorization headers prove nothing, even when both are good', async () => {
  const header = `Authorization: Bearer ${await sign({}, {})}`;
  const one = await rawRequest(api.url, rawHead('GET', '/v1/me', [header]));
  const two = await rawRequest(api.url, rawHead('GET', '/v1/me', [header, header]));
  expect([one.status, two.status]).toEqual([200, 401]);
});

it('what a token says of a role, a workspace or a name is not read', async () => {
  const token = await sign(
    {},
    { role: 'owner', workspaceId: 'ws-other', username: 'root', scope: 'everything' },
  );
  const me = await ask(`Bearer ${token}`);
  expect(me.status).toBe(200);
  expect(me.body).toEqual((await ask(`Bearer ${await sign({}, {})}`)).body);
  const refused = await api.call('/v1/members', { headers: { authorization: `Bearer ${token}` } });
  const asOperator = await api.call('/v1/members', { as: api.workspace.members.operator });
  expect([refused.status, refused.body]).toEqual([asOperator.status, asOperator.body]);
});

it('an expiry beyond all clocks is worth no more than the session', async () => {
  const { username } = api.workspace.members.manager;
  const opened = await signedIn(api.db, { username, password: testPassword });
  if (opened === null) throw new Error('no session');
  const forever = await sign({}, { jti: opened.jti, sub: opened.uid, exp: 1e30 });
  const before = await ask(`Bearer ${forever}`);
  expect(before.status).toBe(200);
  await withAdmin(
    api.databaseUrl,
    (sql) => sql`update sessions set revoked_at = now() where jti = ${opened.jti}`,
  );
  expect((await ask(`Bearer ${forever}`)).status).toBe(401);
});

it('a token of somebody who was disabled is refused', async () => {
  const { username } = api.workspace.members.owner;
  const opened = await signedIn(api.db, { username, password: testPassword });
  if (opened === null) throw new Error('no session');
  const token = await sign({}, { jti: opened.jti, sub: opened.uid });
  expect((await ask(`Bearer ${token}`)).status).toBe(200);
  await withAdmin(
    api.databaseUrl,
    (sql) => sql`update users set disabled_at = now() where uid = ${opened.uid}`,
  );
  const refused = await ask(`Bearer ${token}`);
  const nobody = await api.call('/v1/me');
  expect({ ...refused.body, requestId: null }).toEqual({ ...nobody.body, requestId: null });
});
