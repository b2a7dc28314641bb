import { signingKeys } from '@signalbox/db/commands/access/signing-key';
import type { Person } from '@signalbox/domain/access/principal';
import { signedIn } from '@signalbox/testing/fixtures/signed-in';
import { makeUser, testKeyring, testPassword } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { waitUntil } from '@signalbox/testing/wait-until';
import { decodeJwt, importJWK, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let admin: ReturnType<typeof openAdmin>;
let operator: Person;

beforeAll(async () => {
  api = await startTestApi();
  admin = openAdmin(api.databaseUrl);
  operator = api.workspace.members.operator;
});
afterAll(async () => {
  await admin.end();
  await api.close();
});

const login = async (username = operator.username): Promise<string> => {
  const body = { username, password: testPassword };
  return (await api.call('/auth/login', { method: 'POST', body })).body.data.token;
};
const refresh = (token: unknown) => api.call('/auth/refresh', { method: 'POST', body: { token } });
const refreshed = async (token: string): Promise<string> => {
  const answer = await refresh(token);
  expect(answer.status).toBe(200);
  return answer.body.data.token;
};
const works = async (token: string): Promise<boolean> => {
  const answer = await api.call('/v1/me', { headers: { authorization: `Bearer ${token}` } });
  expect([200, 401]).toContain(answer.status);
  return answer.status === 200;
};
const sid = (token: string): string => String(decodeJwt(token).sid);
const pastGrace = (token: string) =>
  admin`update sessions set rotated_at = now() - interval '11 seconds' where id = ${sid(token)}`;
const told = async (action: string): Promise<number> => {
  const [row] = await admin`select count(*)::int as told from audit_entries where action = ${action}`;
  return row?.told;
};

/** A token signed with our own key, with other claims. */
async function resigned(token: string, claims: Record<string, unknown>, kid?: string): Promise<string> {
  const [key] = await signingKeys(api.db, testKeyring);
  if (key?.privateJwk == null) throw new Error('no key');
  return new SignJWT({ ...decodeJwt(token), ...claims } as JWTPayload)
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: kid ?? key.kid })
    .sign(await importJWK({ ...key.privateJwk }, 'EdDSA'));
}

describe('a refresh', () => {
  it('answers a successor in the envelope of the contract, for fifteen minutes, without any header', async () => {
    const token = await login();
    const answer = await refresh(token);
    expect(answer.body).toEqual({
      success: true,
      data: { token: expect.any(String), expires_at: expect.any(String) },
    });
    const left = Date.parse(answer.body.data.expires_at) - Date.now();
    expect(left).toBeGreaterThan(14 * 60_000);
    expect(left).toBeLessThanOrEqual(15 * 60_000 + 1_000);
    expect(decodeJwt(answer.body.data.token).jti).not.toBe(decodeJwt(token).jti);
    expect(await works(answer.body.data.token)).toBe(true);
  });

  it('takes a token that has expired, while its session lives, and not a moment longer', async () => {
    const hourAgo = Math.floor(Date.now() / 1_000) - 3_600;
    const old = await resigned(await login(), { iat: hourAgo - 900, exp: hourAgo });
    expect(await works(old)).toBe(false);
    const next = await refreshed(old);
    expect(await works(next)).toBe(true);
    await admin`update sessions set idle_at = now() where id = ${sid(next)}`;
    expect((await refresh(next)).status).toBe(401);
    const other = await login();
    await admin`update sessions set ends_at = now() where id = ${sid(other)}`;
    expect((await refresh(other)).status).toBe(401);
  });

  it('keeps the session alive, as any use does, and never beyond its end', async () => {
    const token = await login();
    await admin`update sessions set idle_at = now() + interval '1 minute',
      last_seen_at = now() - interval '1 day' where id = ${sid(token)}`;
    await refreshed(token);
    const [row] = await admin`select idle_at > now() + interval '11 hours' as prolonged,
      last_seen_at > now() - interval '1 minute' as seen, ends_at < now() + interval '8 days' as bound
      from sessions where id = ${sid(token)}`;
    expect(row).toEqual({ prolonged: true, seen: true, bound: true });
  });

  it('in parallel and after a lost answer makes one rotation and one successor, the very same token', async () => {
    const token = await login();
    const answers = await Promise.all(Array.from({ length: 20 }, () => refreshed(token)));
    expect(new Set(answers).size).toBe(1);
    expect(await refreshed(token)).toBe(answers[0]);
    expect(await works(answers[0] ?? '')).toBe(true);
  });

  it('takes turns with others that came while the session was locked', async () => {
    const token = await login();
    const waiting = async () => {
      const [row] = await admin`select count(*)::int as n from pg_stat_activity
        where wait_event_type = 'Lock' and query like '%auth_refresh_session%' and datname = current_database()`;
      return row?.n;
    };
    const answers = await admin.begin(async (tx) => {
      await tx`select from sessions where id = ${sid(token)} for update`;
      const asked = Array.from({ length: 5 }, () => refreshed(token));
      await waitUntil('all of them to wait', waiting, { until: (n) => n === 5 });
      return { asked };
    });
    expect(new Set(await Promise.all(answers.asked)).size).toBe(1);
  });

  it('leaves the old token usable for what is under way, and no longer than its successor is answered', async () => {
    const token = await login();
    const next = await refreshed(token);
    expect(await works(token)).toBe(true);
    await pastGrace(token);
    expect(await works(token)).toBe(false);
    // A late call is no theft: only a refresh with a replaced token is.
    expect(await works(next)).toBe(true);
  });
});

describe('a token that was replaced before', () => {
  it('ends the session after the grace: the new token stops working too, and it is in the audit log', async () => {
    const before = await told('account.token_reused');
    const token = await login();
    const next = await refreshed(token);
    await pastGrace(token);
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(token)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 401));
    expect(await works(next)).toBe(false);
    expect((await refresh(next)).status).toBe(401);
    expect(await told('account.token_reused')).toBe(before + 1);
  });

  it('ends it however many rotations ago it was replaced', async () => {
    const token = await login();
    const second = await refreshed(token);
    const third = await refreshed(second);
    expect((await refresh(token)).status).toBe(401);
    expect(await works(third)).toBe(false);
  });

  it('does not touch the other sessions of its person', async () => {
    const other = await login();
    const token = await login();
    await refreshed(token);
    await pastGrace(token);
    expect((await refresh(token)).status).toBe(401);
    expect(await works(other)).toBe(true);
  });
});

describe('a session that has ended cannot be refreshed', () => {
  const ends: Record<string, (token: string) => Promise<unknown>> = {
    'after signing out': (token) =>
      api.call('/v1/auth/sign-out', { method: 'POST', headers: { authorization: `Bearer ${token}` } }),
    'after it was revoked elsewhere': async (token) =>
      api.call(`/v1/account/sessions/${sid(token)}`, { method: 'DELETE', as: operator }),
    'after its person was disabled': (token) =>
      admin`update users set disabled_at = now() where uid = ${String(decodeJwt(token).sub)}`,
  };
  it.each(Object.keys(ends).slice(0, 2))('%s', async (name) => {
    const token = await login();
    await ends[name]?.(token);
    expect((await refresh(token)).status).toBe(401);
    expect(await works(token)).toBe(false);
  });

  it('after its person was disabled', async () => {
    const { username } = await makeUser(api.db, 'leaver');
    const opened = await signedIn(api.db, { username, password: testPassword });
    const token = await resigned(await login(), {
      jti: opened?.jti ?? '',
      sub: opened?.uid ?? '',
      sid: String(opened?.sessionId),
    });
    expect((await refresh(token)).status).toBe(200);
    await ends['after its person was disabled']?.(token);
    expect((await refresh(token)).status).toBe(401);
    const [row] = await admin`select revoked_at is not null as ended from sessions where id = ${sid(token)}`;
    expect(row).toEqual({ ended: true });
  });
});

describe('what is no token of a live session is 401 with one body', () => {
  const nil = '00000000-0000-4000-8000-000000000000';
  const cases: Record<string, (token: string) => Promise<string> | string> = {
    'no token at all': () => 'hello',
    'an empty signature': (token) => `${token.split('.').slice(0, 2).join('.')}.`,
    'another session’s id': (token) => resigned(token, { jti: nil, sid: '2000000000' }),
    'another person': (token) => resigned(token, { sub: nil }),
    'no session': (token) => resigned(token, { sid: undefined }),
    'a session that is no number': (token) => resigned(token, { sid: '1 or 1=1' }),
    'a session far too large': (token) => resigned(token, { sid: '99999999999999999999' }),
    'another audience': (token) => resigned(token, { aud: 'elsewhere', exp: 1 }),
    'another issuer': (token) => resigned(token, { iss: 'elsewhere', exp: 1 }),
    'not yet valid': (token) => resigned(token, { nbf: Math.floor(Date.now() / 1_000) + 3_600, exp: 1 }),
    'an unknown key': (token) => resigned(token, {}, 'unknown'),
    'no expiry': (token) => resigned(token, { exp: undefined }),
    'an expiry in words': (token) => resigned(token, { exp: 'tomorrow' }),
  };
  it.each(Object.keys(cases))('%s, and the session it came from lives on', async (name) => {
    const token = await login();
    const plain = (await refresh('hello')).body;
    const answer = await refresh(await cases[name]?.(token));
    expect(answer.status).toBe(401);
    expect({ ...answer.body, requestId: null }).toEqual({ ...plain, requestId: null });
    expect(answer.body).toMatchObject({ success: false, error: expect.any(String) });
    expect(await works(token)).toBe(true);
  });
});

it.each([[undefined], [null], [''], [7], [['a']], [{ token: 'a' }], ['a'.repeat(8_193)]])(
  'a token that is no text is 400 with a pointer: %j',
  async (token) => {
    const answer = await refresh(token);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ success: false, errors: [{ pointer: '/token' }] });
  },
);

it('is limited by address, and the limit is told with when to come back', async () => {
  const limits = { address: 10, account: 10, codes: 10, refresh: 2 };
  const strict = await startTestApi({ limits });
  const ask = () => strict.call('/auth/refresh', { method: 'POST', body: { token: 'hello' } });
  expect([(await ask()).status, (await ask()).status]).toEqual([401, 401]);
  const limited = await ask();
  expect(limited.status).toBe(429);
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(limited.body).toMatchObject({ success: false, code: 'throttled' });
  await strict.close();
});

it('a page of another site cannot refresh', async () => {
  const headers = { origin: 'https://evil.example' };
  const body = { token: await login() };
  expect((await api.call('/auth/refresh', { method: 'POST', body, headers })).status).toBe(403);
});
