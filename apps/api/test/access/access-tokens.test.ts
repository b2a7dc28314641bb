import { createHmac, generateKeyPairSync } from 'node:crypto';
import { signingKeys } from '@signalbox/db/commands/access/signing-key';
import { signedIn } from '@signalbox/testing/fixtures/signed-in';
import { testKeyring, testPassword } from '@signalbox/testing/fixtures/workspace';
import { importJWK, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    'HS256 with the public key': () =>
      byHand({ ...good.header, alg: 'HS256' }, good.payload, (text) =>
        createHmac('sha256', Buffer.from(publicX, 'base64url')).update(text).digest('base64url'),
      ),
    'a foreign key under our key id': () =>
      sign({}, {}, generateKeyPairSync('ed25519').privateKey as unknown as typeof privateKey),
    'an unknown key id': () => sign({ kid: 'unknown' }, {}),
    'a key id that is a path': () => sign({ kid: '../../etc/passwd' }, {}),
    'a key inside the token': () => {
      const { publicKey, privateKey: own } = generateKeyPairSync('ed25519');
      const jwk = publicKey.export({ format: 'jwk' }) as never;
      return sign({ jwk, kid: 'mine' }, {}, own as unknown as typeof privateKey);
    },
    expired: () => sign({}, { exp: past }),
    'not yet valid': () => sign({}, { nbf: past + 3_600 }),
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
