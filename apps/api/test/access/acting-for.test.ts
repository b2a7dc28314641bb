import { members, memberTenants } from '@signalbox/db/schema/access';
import type { Person } from '@signalbox/domain/access/principal';
import { makeApiKey, type TestApiKey } from '@signalbox/testing/fixtures/api-key';
import {
  makeTenant,
  makeUser,
  makeWorkspace,
  type TestWorkspace,
} from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { waitUntil } from '@signalbox/testing/wait-until';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLive } from '../support/live-reader.ts';
import { rawHead, rawRequest } from '../support/raw-request.ts';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let other: TestWorkspace;
/** Holds everything and may act for members. */
let acting: TestApiKey;
/** Holds everything, for itself. */
let alone: TestApiKey;
let operator: Person;
let viewer: Person;

beforeAll(async () => {
  api = await startTestApi({ live: { pollMs: 100, recheckMs: 200 } });
  other = await makeWorkspace(api.db, 'ws-other');
  acting = await makeApiKey(api.db, api.workspace.members.owner, { mayActFor: true });
  alone = await makeApiKey(api.db, api.workspace.members.owner);
  ({ operator, viewer } = api.workspace.members);
});
afterAll(() => api.close());

const caller = (headers: Record<string, string>, key = acting) =>
  api.call('/v1/caller', { key: key.text, headers });
const as = (person: { readonly username: string }) => ({ 'x-user-id': person.username });
const audit = (runId: number) =>
  withAdmin(
    api.databaseUrl,
    (sql) => sql`select actor_kind, actor_name, on_behalf_of from audit_entries
      where run_id = ${runId} and action = 'run.created'`,
  );

/** Starts a capture on a tenant of its own, so that no two meet. */
async function start(call: Pick<Call, 'key' | 'as' | 'headers'>, tenantId?: number) {
  const target = tenantId ?? (await makeTenant(api.db, api.workspace.id)).tenantId;
  const body = { operation: 'snapshot_capture', tenantId: target };
  return api.call('/v1/runs', { method: 'POST', ...call, body });
}

describe('whom a key acts for', () => {
  it('is named by either header, or by both when they agree, and not by how a name is written', async () => {
    const { username } = operator;
    const others = [
      { 'x-user-id': username },
      { 'x-actor': username },
      { 'x-user-id': username, 'x-actor': username },
      { 'x-user-id': username.toUpperCase(), 'x-actor': username },
    ];
    for (const headers of others) expect((await caller(headers)).body.username).toBe(username);
    expect((await caller({})).body).not.toHaveProperty('username');
  });

  it('is 400 when the headers disagree', async () => {
    const refused = await caller({ 'x-user-id': operator.username, 'x-actor': viewer.username });
    expect([refused.status, refused.body.code]).toEqual([400, 'invalid_input']);
  });

  it('is 404 for everybody who is no member, the same as for nobody, and grants nothing', async () => {
    const removed = await makeUser(api.db, 'removed');
    const disabled = await makeUser(api.db, 'disabled');
    await withAdmin(api.databaseUrl, async (sql) => {
      await sql`insert into members (workspace_id, user_id, role, removed_at)
        values (${api.workspace.id}, ${removed.userId}, 'owner', now())`;
      await sql`insert into members (workspace_id, user_id, role) values (${api.workspace.id}, ${disabled.userId}, 'owner')`;
      await sql`update users set disabled_at = now() where id = ${disabled.userId}`;
    });
    const { owner } = other.members;
    const names = [removed, disabled, owner].map(({ username }) => username);
    const texts = new Set<string>();
    for (const name of [
      ...names,
      'nobody-of-this-name',
      '',
      ' ',
      'me',
      String(operator.userId),
      `${operator.username}, ${operator.username}`,
      `${operator.username},${viewer.username}`,
      `${operator.username}'--`,
      'x'.repeat(8_000),
      'ÿ'.repeat(10),
      'Ð¾perator',
    ]) {
      const refused = await caller({ 'x-user-id': name });
      expect([name.slice(0, 20), refused.status]).toEqual([name.slice(0, 20), 404]);
      texts.add(refused.text.replace(/"requestId":"[^"]+"/, ''));
    }
    expect(texts.size).toBe(1);
  });

  it('is nobody when the header was sent twice, and a request when it carries a line break', async () => {
    const credential = `Authorization: Bearer ${acting.text}`;
    const send = (...headers: string[]) =>
      rawRequest(api.url, rawHead('GET', '/v1/caller', [credential, ...headers]));
    const twice = [`X-User-Id: ${operator.username}`, `X-User-Id: ${viewer.username}`];
    expect((await send(...twice)).status).toBe(404);
    expect((await send(`X-User-Id: ${operator.username}\0`)).status).toBe(400);
    // A line break begins the next header, which is what its sender wrote.
    const broken = await send(`X-User-Id: ${operator.username}\r\nX-Actor: ${viewer.username}`);
    expect(broken.status).toBe(400);
    expect((await send(`X-User-Id: ${'x'.repeat(20_000)}`)).status).toBe(431);
  });

  it('is nobody’s choice but that of a key that may: for others the headers are not read at all', async () => {
    const nonsense = { 'x-user-id': 'nobody-of-this-name', 'x-actor': viewer.username };
    const { body, status } = await caller(nonsense, alone);
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('username');
    const person = await api.call('/v1/caller', { as: viewer, headers: nonsense });
    expect(person.body).toMatchObject({ kind: 'user', username: viewer.username });
  });

  it('is asked after the credential and the workspace', async () => {
    const nobody = { 'x-user-id': 'nobody-of-this-name' };
    expect((await api.call('/v1/caller', { key: `${acting.text}x`, headers: nobody })).status).toBe(401);
    const headers = { ...as(other.members.owner), 'x-workspace-id': other.id };
    expect((await caller(headers)).status).toBe(404);
  });
});

describe('a key that acts for somebody', () => {
  it('does what both may do: not more than the person', async () => {
    const { capabilities } = (await caller(as(viewer))).body;
    expect(capabilities).toContain('run.read');
    expect(capabilities).not.toContain('run.cancel');
    const refused = await start({ key: acting.text, headers: as(viewer) });
    expect([refused.status, refused.body.capability]).toEqual([403, 'run.start.snapshot_capture']);
  });

  it('nor more than the key', async () => {
    const narrow = await makeApiKey(api.db, api.workspace.members.owner, {
      capabilities: ['run.read'],
      mayActFor: true,
    });
    expect((await caller(as(api.workspace.members.owner), narrow)).body.capabilities).toEqual(['run.read']);
    expect((await start({ key: narrow.text, headers: as(operator) })).status).toBe(403);
  });

  it('sees the tenants that the person sees', async () => {
    const user = await makeUser(api.db, 'partly');
    const hidden = await makeTenant(api.db, api.workspace.id);
    await api.db.inWorkspace(api.workspace.id, async ({ query }) => {
      const place = { workspaceId: api.workspace.id, userId: user.userId };
      await query.insert(members).values({ ...place, role: 'operator', allTenants: false });
      await query.insert(memberTenants).values({ ...place, tenantId: api.tenant.tenantId });
    });
    const list = await api.call('/v1/tenants', { key: acting.text, headers: as(user) });
    expect(list.body.items.map(({ id }: { id: number }) => id)).toEqual([api.tenant.tenantId]);
    expect((await caller(as(user))).body.allTenants).toBe(false);
    expect((await start({ key: acting.text, headers: as(user) }, hidden.tenantId)).status).toBe(404);
    const named = `/v1/tenants/${hidden.tenantId}`;
    expect((await api.call(named, { key: acting.text, headers: as(user) })).status).toBe(404);
    expect((await api.call(named, { key: acting.text })).status).toBe(200);
  });

  it('is kept with the person in the audit, and the run is the person’s', async () => {
    const { run } = (await start({ key: acting.text, headers: as(operator) })).body;
    expect(run.initiator).toEqual({ kind: 'user', username: operator.username, apiKey: acting.name });
    expect(await audit(run.id)).toEqual([
      { actor_kind: 'api_key', actor_name: acting.name, on_behalf_of: operator.username },
    ]);
    const mine = async (call: Call) =>
      (await api.call('/v1/runs?initiatedBy=me', call)).body.items.map(({ id }: { id: number }) => id);
    expect(await mine({ key: acting.text, headers: as(operator) })).toContain(run.id);
    expect(await mine({ as: operator })).toContain(run.id);
    expect(await mine({ key: acting.text })).not.toContain(run.id);
  });

  it('is told in the audit of the run as who did it for whom', async () => {
    const { run } = (await start({ key: acting.text, headers: as(operator) })).body;
    await api.call(`/v1/runs/${run.id}/cancel`, {
      method: 'POST',
      key: acting.text,
      headers: as(operator),
      body: {},
    });
    const { items } = (await api.call(`/v1/runs/${run.id}/audit`, { as: api.workspace.members.owner })).body;
    for (const { actor } of items) {
      expect(actor).toEqual({ kind: 'api_key', name: acting.name, onBehalfOf: operator.username });
    }
    expect(items.length).toBeGreaterThan(1);
  });

  it('is still no person', async () => {
    const refused = await api.call('/v1/me', { key: acting.text, headers: as(operator) });
    expect([refused.status, refused.body.code]).toEqual([403, 'person_required']);
  });

  it('loses its stream when the person is removed', async () => {
    const user = await makeUser(api.db, 'leaving');
    const place = { workspaceId: api.workspace.id, userId: user.userId };
    await api.db.inWorkspace(api.workspace.id, ({ query }) =>
      query.insert(members).values({ ...place, role: 'viewer' }),
    );
    const reader = await openLive(api, acting.text, { actor: user.username });
    await reader.until('hello', (received) => received.length > 0);
    await withAdmin(
      api.databaseUrl,
      (sql) => sql`update members set removed_at = now() where user_id = ${user.userId}`,
    );
    await waitUntil('the end of the stream', () => reader.ended() !== null);
  });
});

describe('a key that speaks for itself', () => {
  it('is the one who started a run, and finds it as its own', async () => {
    const twin = await makeApiKey(api.db, api.workspace.members.owner, { name: operator.username });
    const { run } = (await start({ key: alone.text })).body;
    const { run: twins } = (await start({ key: twin.text })).body;
    expect(run.initiator).toEqual({ kind: 'api_key', username: alone.name });
    expect(await audit(run.id)).toEqual([
      { actor_kind: 'api_key', actor_name: alone.name, on_behalf_of: null },
    ]);
    const mine = async (call: Call) =>
      (await api.call('/v1/runs?initiatedBy=me', call)).body.items.map(({ id }: { id: number }) => id);
    expect(await mine({ key: alone.text })).toEqual([run.id]);
    expect(await mine({ key: twin.text })).toEqual([twins.id]);
    // Nor does a person who is called like a key find its runs among their own.
    expect(await mine({ as: operator })).not.toContain(twins.id);
  });

  it('does not find the runs of an older key that had its name', async () => {
    const { owner } = api.workspace.members;
    const older = await makeApiKey(api.db, owner, { name: 'reused' });
    const { run } = (await start({ key: older.text })).body;
    await api.call(`/v1/api-keys/${older.id}/revoke`, { method: 'POST', as: owner });
    const newer = await makeApiKey(api.db, owner, { name: 'reused' });
    const mine = await api.call('/v1/runs?initiatedBy=me', { key: newer.text });
    expect(mine.body.items).toEqual([]);
    const named = await api.call('/v1/runs?initiatedBy=reused', { key: newer.text });
    expect(named.body.items.map(({ id }: { id: number }) => id)).toEqual([run.id]);
  });
});

describe('an Idempotency-Key', () => {
  let tenantId: number;
  beforeEach(async () => {
    ({ tenantId } = await makeTenant(api.db, api.workspace.id));
  });

  it('belongs to the caller who sent it: the key, the person, and the key for the person are three', async () => {
    const headers = { 'idempotency-key': `same-${tenantId}` };
    const callers: Pick<Call, 'key' | 'as' | 'headers'>[] = [
      { key: alone.text, headers },
      { key: acting.text, headers },
      { key: acting.text, headers: { ...headers, ...as(operator) } },
      { as: operator, headers },
    ];
    const first = await start(callers[0] ?? {}, tenantId);
    expect(first.body.outcome).toBe('accepted');
    for (const each of callers.slice(1)) {
      const { body } = await start(each, tenantId);
      expect(body.outcome).not.toBe(first.body.outcome);
    }
    const again = await start(callers[0] ?? {}, tenantId);
    expect(again.body.run.id).toBe(first.body.run.id);
    expect(again.body.outcome).toBe(first.body.outcome);
  });
});
