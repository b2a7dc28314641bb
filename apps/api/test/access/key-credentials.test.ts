import { mintApiKey } from '@signalbox/db/secrets/api-key';
import { makeApiKey, type TestApiKey } from '@signalbox/testing/fixtures/api-key';
import { signedIn } from '@signalbox/testing/fixtures/signed-in';
import { makeTenant, makeWorkspace, type TestWorkspace } from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { waitUntil } from '@signalbox/testing/wait-until';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { openLive } from '../support/live-reader.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let other: TestWorkspace;
let key: TestApiKey;

beforeAll(async () => {
  api = await startTestApi({ live: { pollMs: 100, recheckMs: 200 } });
  other = await makeWorkspace(api.db, 'ws-other');
  key = await makeApiKey(api.db, api.workspace.members.owner);
});
afterAll(() => api.close());

const anonymous = (text: string) => text.replace(/"requestId":"[^"]+"/, '');
const owner = () => api.workspace.members.owner;
/** Changes keys behind the API's back. */
const admin = <T>(work: Parameters<typeof withAdmin<T>>[1]) => withAdmin(api.databaseUrl, work);

describe('a credential that is no key of ours', () => {
  it('is 401 with one body, whatever is wrong with it', async () => {
    const mine = await makeApiKey(api.db, owner());
    const theirs = await makeApiKey(api.db, other.members.owner);
    const [revoked, expired] = [await makeApiKey(api.db, owner()), await makeApiKey(api.db, owner())];
    await admin((sql) => sql`update api_keys set revoked_at = now() where id = ${revoked.id}`);
    await admin((sql) => sql`update api_keys set expires_at = now() where id = ${expired.id}`);
    const secretOf = (text: string) => text.split('_')[2] ?? '';
    const wrong = [
      revoked.text,
      expired.text,
      mintApiKey().text,
      mintApiKey(mine.id).text,
      `sbx_${mine.id}_${secretOf(theirs.text)}`,
      `sbx_${theirs.id}_${secretOf(mine.text)}`,
      mine.text.slice(0, -1),
      mine.text.slice(0, 20),
      `${mine.text}x`,
      `${mine.text}_${secretOf(mine.text)}`,
      mine.text.toUpperCase(),
      mine.text.replace('sbx_', 'sbx-'),
      mine.text.replace('sbx_', 'SBX_'),
      'sbx_',
      'sbx__',
      `sbx_${mine.id}_`,
      `sbx_${mine.id}_${'A'.repeat(49)}`,
      `sbx_${'0'.repeat(8_000)}_1`,
      `sbx_${mine.id}%00_${secretOf(mine.text)}`,
      secretOf(mine.text),
      mine.id,
    ];
    const bodies = new Set<string>();
    for (const text of wrong) {
      const refused = await api.call('/v1/runs', { key: text });
      expect([text.slice(0, 30), refused.status]).toEqual([text.slice(0, 30), 401]);
      bodies.add(anonymous(refused.text));
    }
    bodies.add(anonymous((await api.call('/v1/runs')).text));
    expect(bodies.size).toBe(1);
    expect((await api.call('/v1/runs', { key: mine.text })).status).toBe(200);
  });

  it('is 401 as one of two Authorization headers or under another scheme, and the cookie does not mend it', async () => {
    const opened = await signedIn(api.db, {
      username: owner().username,
      password: 'correct horse battery staple',
    });
    const cookie = `sbx_session=${opened?.secret}`;
    expect((await api.call('/v1/runs', { headers: { cookie } })).status).toBe(200);
    for (const authorization of [
      `Basic ${key.text}`,
      `Bearer  ${key.text}`,
      `Bearer ${key.text} ${key.text}`,
      `Bearer ${key.text}, Bearer ${key.text}`,
      `Bearer ${mintApiKey(key.id).text}`,
    ]) {
      expect((await api.call('/v1/runs', { headers: { cookie, authorization } })).status).toBe(401);
    }
  });
});

it('a key opens the typed client as it opens REST, and what is a person’s own in neither', async () => {
  const ask = (path: string) => api.call(`/trpc/${path}?input=%7B%7D`, { key: key.text });
  const caller = await ask('apiKey.caller');
  expect(caller.body.result.data).toMatchObject({ kind: 'api_key', apiKey: { id: key.id, name: key.name } });
  const me = await ask('session.me');
  expect([me.status, me.body.error.data.problem.code]).toEqual([403, 'person_required']);
  const rest = await api.call('/v1/me', { key: key.text });
  expect([rest.status, rest.body.code]).toEqual([403, 'person_required']);
});

describe('the workspace of a key', () => {
  const caller = (headers: Record<string, string>) => api.call('/v1/caller', { key: key.text, headers });

  it('is its own, and no header leads to another one', async () => {
    expect((await caller({})).body.workspaceId).toBe(api.workspace.id);
    expect((await caller({ 'x-workspace-id': api.workspace.id })).status).toBe(200);
    expect((await caller({ 'x-org-id': api.workspace.id })).status).toBe(200);
    for (const named of [other.id, '', 'ws-none', `${api.workspace.id}, ${other.id}`, 'w'.repeat(8_000)]) {
      expect((await caller({ 'x-workspace-id': named })).status).toBe(404);
      expect((await caller({ 'x-org-id': named })).status).toBe(404);
    }
    const both = { 'x-workspace-id': api.workspace.id, 'x-org-id': other.id };
    expect((await caller(both)).status).toBe(400);
  });

  it('hides what belongs to another one, by id and in lists', async () => {
    const theirs = await makeApiKey(api.db, other.members.owner);
    const { connectionId } = await makeTenant(api.db, other.id);
    const listed = (await api.call('/v1/api-keys', { key: theirs.text })).body.items;
    const ids = listed.map(({ id }: { id: string }) => id);
    expect(ids).toContain(theirs.id);
    expect(ids).not.toContain(key.id);
    expect((await api.call(`/v1/api-keys/${theirs.id}`, { key: key.text })).status).toBe(404);
    expect((await api.call(`/v1/connections/${connectionId}`, { key: key.text })).status).toBe(404);
    const stolen = await api.call(`/v1/api-keys/${theirs.id}/revoke`, { method: 'POST', key: key.text });
    expect(stolen.status).toBe(404);
    expect((await api.call('/v1/caller', { key: theirs.text })).status).toBe(200);
  });
});

describe('the use of a key', () => {
  it('is noted with its address, at most once a minute', async () => {
    const { id, text } = await makeApiKey(api.db, owner());
    const read = async () => (await api.call(`/v1/api-keys/${id}`, { as: owner() })).body;
    expect(await read()).not.toHaveProperty('lastUsedAt');
    await Promise.all(Array.from({ length: 5 }, () => api.call('/v1/runs', { key: text })));
    const first = await read();
    expect(first).toMatchObject({ lastUsedFrom: '127.0.0.1' });
    await api.call('/v1/runs', { key: text });
    expect((await read()).lastUsedAt).toBe(first.lastUsedAt);
    await admin(
      (sql) => sql`update api_keys set last_used_at = now() - interval '61 seconds' where id = ${id}`,
    );
    await api.call('/v1/runs', { key: text });
    expect(Date.parse((await read()).lastUsedAt)).toBeGreaterThan(Date.now() - 30_000);
  });

  it('by somebody with a wrong secret is not', async () => {
    const { id } = await makeApiKey(api.db, owner());
    await api.call('/v1/runs', { key: mintApiKey(id).text });
    expect((await api.call(`/v1/api-keys/${id}`, { as: owner() })).body).not.toHaveProperty('lastUsedAt');
  });
});

describe('a revoked key', () => {
  const revoke = (id: string) => api.call(`/v1/api-keys/${id}/revoke`, { method: 'POST', as: owner() });

  it('is refused by every call that begins after the answer, also in the middle of a storm', async () => {
    const { id, text } = await makeApiKey(api.db, owner());
    let answered = false;
    const late: number[] = [];
    const storm = Array.from({ length: 8 }, async () => {
      for (let round = 0; round < 200; round++) {
        const after = answered;
        const { status } = await api.call('/v1/caller', { key: text });
        if (after) {
          late.push(status);
          return;
        }
      }
    });
    expect((await revoke(id)).body.status).toBe('revoked');
    answered = true;
    await Promise.all(storm);
    expect(late.length).toBeGreaterThan(0);
    expect(new Set(late)).toEqual(new Set([401]));
  });

  it('ends the streams it holds open, as one that expires does', async () => {
    const [revoked, expired] = [await makeApiKey(api.db, owner()), await makeApiKey(api.db, owner())];
    const readers = await Promise.all([openLive(api, revoked.text), openLive(api, expired.text)]);
    for (const reader of readers) await reader.until('hello', (received) => received.length > 0);
    await revoke(revoked.id);
    await admin((sql) => sql`update api_keys set expires_at = now() where id = ${expired.id}`);
    for (const reader of readers) await waitUntil('the end of the stream', () => reader.ended() !== null);
  });

  it('stays revoked, by whoever revoked it first, and says so once in the audit', async () => {
    const { id } = await makeApiKey(api.db, owner());
    const answers = await Promise.all(Array.from({ length: 6 }, () => revoke(id)));
    expect(new Set(answers.map(({ body }) => body.revokedAt)).size).toBe(1);
    const entries = await admin(
      (sql) => sql`select action from audit_entries
        where object_kind = 'api_key' and object_id = ${id} order by id`,
    );
    expect(entries.map(({ action }) => action)).toEqual(['api_key.created', 'api_key.revoked']);
  });
});

test('a key cannot be opened by knowing what is stored: the hash of its secret is no secret', async () => {
  const [row] = await admin((sql) => sql`select secret_hash from api_keys where id = ${key.id}`);
  const stored = Buffer.from(row?.secret_hash ?? []);
  expect(stored).toHaveLength(32);
  for (const secret of [stored.toString('hex'), stored.toString('base64url')]) {
    expect((await api.call('/v1/runs', { key: `sbx_${key.id}_${secret}` })).status).toBe(401);
  }
});
