import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { rotateSigningKey, signingKeys } from '@signalbox/db/commands/access/signing-key';
import { testKeyring, testKeyringText, testPassword } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { waitUntil } from '@signalbox/testing/wait-until';
import { decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccessTokens } from '../../src/access/access-tokens.ts';
import { type RunningApi, startApi } from '../../src/start-api.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

/** Instead of ten seconds. */
const keysReadEveryMs = 300;

let api: TestApi;
let second: RunningApi;
let admin: ReturnType<typeof openAdmin>;

beforeAll(async () => {
  api = await startTestApi({ keysReadEveryMs });
  admin = openAdmin(api.databaseUrl);
  const shared = { databaseUrl: api.databaseUrl, keyring: testKeyring, demoPassword: null, keysReadEveryMs };
  second = await startApi({ ...shared, host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await second.close();
  await admin.end();
  await api.close();
});

const post = async (url: string, body: object) => {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })) as Response;
};
const login = async (url: string): Promise<string> => {
  const { username } = api.workspace.members.operator;
  const answer = await post(`${url}/auth/login`, { username, password: testPassword });
  return ((await answer.json()) as { data: { token: string } }).data.token;
};
const status = async (url: string, token: string): Promise<number> =>
  (await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status;
const everywhere = (token: string) => Promise.all([status(api.url, token), status(second.url, token)]);
const kidOf = (token: string) => decodeProtectedHeader(token).kid;
const kids = async () => (await signingKeys(api.db, testKeyring)).map(({ kid }) => kid);
/** Lets time pass for all keys. */
const age = (interval: string) =>
  admin`update signing_keys set created_at = created_at - ${interval}::interval`;

beforeEach(async () => {
  const kid = await rotateSigningKey(api.db, testKeyring, { ifOlderThan: 0, revokeOld: true });
  // Until they have read the new key both take what the revoked one signed.
  const known = async (token: string) => kidOf(token) === kid && (await everywhere(token));
  await waitUntil('both know the key', async () => known(await login(second.url)), {
    until: (both) => both !== false && both.every((each) => each === 200),
    everyMs: 100,
  });
});

describe('a signing key', () => {
  it('is followed by another after thirty days, made once however many processes look', async () => {
    const [old] = await kids();
    await age('30 days');
    const seen = await Promise.all(Array.from({ length: 20 }, () => kids()));
    expect(new Set(seen.map((each) => each.join())).size).toBe(1);
    const [next, ...rest] = seen[0] ?? [];
    expect(next).not.toBe(old);
    expect(rest).toEqual([old]);
  });

  it('signs when every process has had the time to read it, and the one before signs until then', async () => {
    const [old] = await kids();
    await age('1 minute');
    const next = await rotateSigningKey(api.db, testKeyring, { ifOlderThan: 0 });
    expect(await kids()).toEqual([next, old]);
    const session = { jti: crypto.randomUUID(), uid: crypto.randomUUID(), sessionId: 1 };
    const signer = async () => kidOf((await createAccessTokens(api.db, testKeyring).sign(session)).token);
    expect(await signer()).toBe(old);
    await admin`update signing_keys set created_at = created_at - interval '20 seconds' where kid = ${next}`;
    expect(await signer()).toBe(next);
  });

  it('verifies after it was followed, in every process, for longer than any session lives', async () => {
    const token = await login(api.url);
    await age('8 days');
    await rotateSigningKey(api.db, testKeyring, { ifOlderThan: 0 });
    await age('7 days 1 hour');
    expect(await kids()).toHaveLength(2);
    expect(await everywhere(token)).toEqual([200, 200]);
    await age('1 day');
    expect(await kids()).toHaveLength(1);
    await waitUntil('the old key is forgotten', () => everywhere(token), {
      until: (both) => both.every((each) => each === 401),
    });
  });

  it('loses its private half an hour after it was followed', async () => {
    const [old] = await kids();
    await rotateSigningKey(api.db, testKeyring, { ifOlderThan: 0 });
    await age('61 minutes');
    await kids();
    const [row] = await admin`select sealed_private_jwk is null as gone, retired_at is null as verifies
      from signing_keys where kid = ${old ?? ''}`;
    expect(row).toEqual({ gone: true, verifies: true });
    expect(await kids()).toContain(old);
  });

  it('that is revoked is forgotten by every process within seconds, for calls and for refreshes', async () => {
    const token = await login(api.url);
    expect(await everywhere(token)).toEqual([200, 200]);
    const kid = await rotateSigningKey(api.db, testKeyring, { ifOlderThan: 0, revokeOld: true });
    await waitUntil('no process takes the token', () => everywhere(token), {
      until: (both) => both.every((each) => each === 401),
    });
    for (const url of [api.url, second.url]) {
      expect((await post(`${url}/auth/refresh`, { token })).status).toBe(401);
      expect(kidOf(await login(url))).toBe(kid);
    }
    const [row] = await admin`select count(*)::int as private from signing_keys
      where retired_at is not null and sealed_private_jwk is not null`;
    expect(row).toEqual({ private: 0 });
  });
});

describe('npm run signing-key', () => {
  const script = fileURLToPath(import.meta.resolve('@signalbox/db/signing-key-main'));
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [script, ...args], {
      env: { ...process.env, DATABASE_URL: api.databaseUrl, SIGNALBOX_KEYS: testKeyringText },
    });

  it('shows, rotates and revokes, never shows a private key, and the audit log has it', async () => {
    const [first] = await kids();
    expect((await run('status')).stdout).toMatch(new RegExp(`^${first} .* signs\\n$`));
    expect((await run('rotate')).stdout).toContain('stay good');
    expect(await kids()).toHaveLength(2);
    const { stdout } = await run('rotate', '--revoke-old');
    const [only, ...rest] = await kids();
    expect(rest).toEqual([]);
    expect(stdout).toContain(only);
    const actions = await admin`select action from audit_entries
      where workspace_id = ${api.workspace.id} and object_kind = 'signing_key' order by id desc limit 2`;
    expect(actions.map(({ action }) => action)).toEqual(['signing_key.revoked', 'signing_key.rotated']);
    for (const shown of [stdout, (await run('status')).stdout]) expect(shown).not.toMatch(/"d"|PRIVATE/);
  });

  it('refuses what it does not know and changes nothing', async () => {
    const before = await kids();
    for (const args of [[], ['delete'], ['rotate', '--force']]) {
      await expect(run(...args)).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringContaining('--revoke-old'),
      });
    }
    expect(await kids()).toEqual(before);
  });
});
