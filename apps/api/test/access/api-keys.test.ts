import type { Capability } from '@signalbox/domain/access/capabilities';
import { makeApiKey } from '@signalbox/testing/fixtures/api-key';
import { makeUser, makeWorkspace } from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
const logged: string[] = [];

beforeAll(async () => {
  const logger = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  api = await startTestApi({ logger });
});
beforeEach(async () => {
  await withAdmin(api.databaseUrl, (sql) => sql`delete from api_keys`);
});
afterAll(() => api.close());

const owner = () => api.workspace.members.owner;
const wish = (more: object = {}) => ({ name: 'ci', capabilities: ['run.read'], ...more });
const create = (body: unknown = wish(), call: Call = { as: owner() }) =>
  api.call('/v1/api-keys', { method: 'POST', body, ...call });
const post = (path: string, body?: object, call: Call = { as: owner() }) =>
  api.call(`/v1/api-keys/${path}`, { method: 'POST', ...(body !== undefined && { body }), ...call });
const read = (id: string) => api.call(`/v1/api-keys/${id}`, { as: owner() });
const works = async (key: string) => (await api.call('/v1/caller', { key })).status === 200;
const audit = (id: string) =>
  withAdmin(
    api.databaseUrl,
    (sql) => sql`select action, actor_kind, actor_name, details from audit_entries
      where object_kind = 'api_key' and object_id = ${id} order by id`,
  );

describe('making a key', () => {
  it('shows it once, says where it is read, and keeps what was asked for', async () => {
    const capabilities: Capability[] = ['run.cancel', 'run.read', 'run.cancel'];
    const made = await create(
      wish({ name: '  nightly  ', capabilities, expiresInDays: 30, mayActFor: true }),
    );
    expect(made.status).toBe(201);
    const { key, ...shown } = made.body;
    expect(made.headers.get('location')).toBe(`/v1/api-keys/${shown.id}`);
    expect(shown).toMatchObject({
      name: 'nightly',
      hint: key.slice(-4),
      status: 'active',
      capabilities: ['run.read', 'run.cancel'],
      mayActFor: true,
      createdBy: owner().username,
    });
    const days = (Date.parse(shown.expiresAt) - Date.parse(shown.createdAt)) / 86_400_000;
    expect(days).toBe(30);
    expect((await read(shown.id)).body).toEqual(shown);
    expect(await works(key)).toBe(true);
    expect(await audit(shown.id)).toEqual([
      {
        action: 'api_key.created',
        actor_kind: 'user',
        actor_name: owner().username,
        details: {
          name: 'nightly',
          capabilities: ['run.read', 'run.cancel'],
          mayActFor: true,
          expiresAt: shown.expiresAt,
        },
      },
    ]);
  });

  it.each([
    ['nothing', {}, '/name'],
    ['no name', { capabilities: ['run.read'] }, '/name'],
    ['an empty name', wish({ name: '  ' }), '/name'],
    ['a long name', wish({ name: 'x'.repeat(61) }), '/name'],
    ['a name that hides', wish({ name: 'c\u200bi' }), '/name'],
    ['a name with a line break', wish({ name: 'c\ni' }), '/name'],
    ['an unknown capability', wish({ capabilities: ['run.read', 'run.fly'] }), '/capabilities/1'],
    ['a capability of the wrong type', wish({ capabilities: [1] }), '/capabilities/0'],
    ['a prototype as capability', wish({ capabilities: ['constructor'] }), '/capabilities/0'],
    ['no capabilities', wish({ capabilities: [] }), '/capabilities'],
    ['too many of them', wish({ capabilities: Array(101).fill('run.read') }), '/capabilities'],
    ['text as capabilities', wish({ capabilities: 'run.read' }), '/capabilities'],
    ['an end in no days', wish({ expiresInDays: 0 }), '/expiresInDays'],
    ['an end too far away', wish({ expiresInDays: 366 }), '/expiresInDays'],
    ['half a day', wish({ expiresInDays: 1.5 }), '/expiresInDays'],
    ['text as a switch', wish({ mayActFor: 'yes' }), '/mayActFor'],
    ['an unknown key', wish({ id: 'mine' }), '/id'],
    ['a secret of its own', wish({ key: 'sbx_a_b' }), '/key'],
  ])('is 400 with %s, and nothing is made', async (_, body, pointer) => {
    const refused = await create(body);
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map((each: { pointer: string }) => each.pointer)).toContain(pointer);
    expect((await api.call('/v1/api-keys', { as: owner() })).body.items).toEqual([]);
  });

  it('refuses a name that a key has which is not revoked, also when asked eight times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => create()));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, ...Array(7).fill(409)]);
    const made = answers.find(({ status }) => status === 201)?.body;
    await post(`${made.id}/revoke`);
    expect((await create()).status).toBe(201);
  });

  it('stops at a hundred keys that work, also when many are asked for at once', async () => {
    const fill = (names: string) =>
      withAdmin(
        api.databaseUrl,
        (
          sql,
        ) => sql`insert into api_keys (workspace_id, id, name, secret_hash, hint, capabilities, created_by, expires_at)
          select ${api.workspace.id}, ${names} || n, ${names} || n, '\\x00', 'xxxx', '{run.read}', 'test',
            case when ${names} = 'old' then now() end
          from generate_series(1, 97) n`,
      );
    await fill('old');
    await fill('new');
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => create(wish({ name: `k${n}` }))));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body.detail).toContain('100');
  });

  it('asks the owner for a fresh code where they have a second factor, and a key for none', async () => {
    const person = await makeUser(api.db, 'careful');
    await withAdmin(api.databaseUrl, async (sql) => {
      await sql`insert into members (workspace_id, user_id, role) values (${api.workspace.id}, ${person.userId}, 'owner')`;
    });
    const careful = { ...owner(), ...person };
    const { id } = (await create(wish(), { as: careful })).body;
    await withAdmin(
      api.databaseUrl,
      (sql) => sql`update users set mfa_secret = '\\x00', mfa_enabled_at = now() where id = ${person.userId}`,
    );
    const asked = [
      await create(wish({ name: 'second' }), { as: careful }),
      await post(`${id}/rotate`, {}, { as: careful }),
      await post(`${id}/revoke`, undefined, { as: careful }),
    ];
    for (const { status, body } of asked) expect([status, body.code]).toEqual([403, 'step_up_required']);
    expect((await read(id)).body.status).toBe('active');
    await withAdmin(
      api.databaseUrl,
      (sql) => sql`update sessions set mfa_at = now() where user_id = ${person.userId}`,
    );
    expect((await post(`${id}/revoke`, undefined, { as: careful })).status).toBe(200);
    const program = await makeApiKey(api.db, owner());
    expect((await create(wish(), { key: program.text })).status).toBe(201);
  });
});

describe('a key that manages keys', () => {
  const manager = (more: object = {}) =>
    makeApiKey(api.db, owner(), { capabilities: ['key.manage', 'run.read'], ...more });

  it('gives what it holds and nothing more, and never the right to act for people', async () => {
    const { text: key, name } = await manager();
    const made = await create(wish(), { key });
    expect(made.status).toBe(201);
    expect(await audit(made.body.id)).toMatchObject([{ actor_kind: 'api_key', actor_name: name }]);
    const wider = await create(wish({ name: 'b', capabilities: ['run.read', 'run.cancel'] }), { key });
    expect([wider.status, wider.body.capability]).toEqual([403, 'run.cancel']);
    const acts = await create(wish({ name: 'c', mayActFor: true }), { key });
    expect([acts.status, acts.body.code]).toEqual([403, 'person_required']);
  });

  it('is told so before anything else is judged', async () => {
    const { text: key } = await manager();
    const refused = await create({ capabilities: ['run.cancel', 'run.fly'], nonsense: 1 }, { key });
    expect([refused.status, refused.body.capability]).toEqual([403, 'run.cancel']);
  });

  it('does not step past its limits for an owner it acts for, nor by a new secret of a wider key', async () => {
    const { text: key } = await manager({ mayActFor: true });
    const headers = { 'x-user-id': owner().username };
    const acts = await create(wish({ mayActFor: true }), { key, headers });
    expect([acts.status, acts.body.code]).toEqual([403, 'person_required']);
    const wider = await makeApiKey(api.db, owner(), { capabilities: ['run.cancel'] });
    const rotated = await post(`${wider.id}/rotate`, {}, { key, headers });
    expect([rotated.status, rotated.body.capability]).toEqual([403, 'run.cancel']);
    const actor = await makeApiKey(api.db, owner(), { capabilities: ['run.read'], mayActFor: true });
    const taken = await post(`${actor.id}/rotate`, {}, { key, headers });
    expect([taken.status, taken.body.code]).toEqual([403, 'person_required']);
    expect(await works(wider.text)).toBe(true);
  });
});

describe('rotating a key', () => {
  it('gives it a new secret under the same id, and the old one works until the overlap ends', async () => {
    const first = (await create()).body;
    const { key: second, ...shown } = (await post(`${first.id}/rotate`)).body;
    expect(shown).toMatchObject({ id: first.id, name: 'ci', hint: second.slice(-4) });
    expect(Date.parse(shown.previousUntil) - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    expect([await works(first.key), await works(second)]).toEqual([true, true]);
    const third = (await post(`${first.id}/rotate`, { overlapHours: 1 })).body.key;
    expect([await works(first.key), await works(second), await works(third)]).toEqual([false, true, true]);
    await withAdmin(api.databaseUrl, (sql) => sql`update api_keys set previous_until = now()`);
    expect([await works(second), await works(third)]).toEqual([false, true]);
    expect((await read(first.id)).body).not.toHaveProperty('previousUntil');
    expect(await audit(first.id)).toMatchObject([
      { action: 'api_key.created' },
      { action: 'api_key.rotated', details: { name: 'ci', overlapHours: 24 } },
      { action: 'api_key.rotated', details: { name: 'ci', overlapHours: 1 } },
    ]);
  });

  it('ends the old secret at once without an overlap, and both with a revoke', async () => {
    const first = (await create()).body;
    const second = (await post(`${first.id}/rotate`, { overlapHours: 0 })).body.key;
    expect([await works(first.key), await works(second)]).toEqual([false, true]);
    const third = (await post(`${first.id}/rotate`, { overlapHours: 168 })).body.key;
    await post(`${first.id}/revoke`);
    expect([await works(second), await works(third)]).toEqual([false, false]);
  });

  it('does not bring back a key that is revoked or expired', async () => {
    const [revoked, expired] = [(await create()).body, (await create(wish({ name: 'b' }))).body];
    await post(`${revoked.id}/revoke`);
    await withAdmin(
      api.databaseUrl,
      (sql) => sql`update api_keys set expires_at = now() where id = ${expired.id}`,
    );
    expect((await post(`${revoked.id}/rotate`)).status).toBe(409);
    expect((await post(`${expired.id}/rotate`)).status).toBe(409);
    expect((await read(expired.id)).body.status).toBe('expired');
  });

  it.each([-1, 169, 1.5, '1', null])('is 400 with an overlap of %j', async (overlapHours) => {
    const { id, key } = (await create()).body;
    const refused = await post(`${id}/rotate`, { overlapHours });
    expect(refused.status).toBe(400);
    expect(await works(key)).toBe(true);
  });
});

describe('the list of keys', () => {
  it('goes through all of them once, newest first, and tells those that work from those that ended', async () => {
    const made: string[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e']) made.unshift((await create(wish({ name }))).body.id);
    await post(`${made[1]}/revoke`);
    const list = async (query: string) =>
      (await api.call(`/v1/api-keys${query}`, { as: owner() })).body as {
        items: { id: string }[];
        nextCursor: string | null;
      };
    const walked: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await list(`?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      walked.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(walked).toEqual(made);
    const ids = async (query: string) => (await list(query)).items.map(({ id }) => id);
    expect(await ids('?status=ended')).toEqual([made[1]]);
    expect(await ids('?status=active')).toEqual(made.filter((id) => id !== made[1]));
  });

  it('is 400 for a cursor that is changed, made up or of another workspace, and for unknown words', async () => {
    for (const name of ['a', 'b']) await create(wish({ name }));
    const { nextCursor } = (await api.call('/v1/api-keys?limit=1', { as: owner() })).body;
    const other = await makeWorkspace(api.db);
    const foreign = await api.call(`/v1/api-keys?cursor=${nextCursor}`, { as: other.members.owner });
    expect(foreign.status).toBe(400);
    for (const query of [`cursor=${nextCursor}x`, 'cursor=abc', 'limit=0', 'status=revoked', 'nonsense=1']) {
      expect((await api.call(`/v1/api-keys?${query}`, { as: owner() })).status).toBe(400);
    }
  });
});

it.each(['%00', 'x'.repeat(65), "' or 1=1--", '__proto__', '..%2f..', '%F0%9F%94%91'])(
  'the id %j is an unknown key, and never an error of ours',
  async (id) => {
    for (const path of [id, `${id}/revoke`, `${id}/rotate`]) {
      const method = path === id ? 'GET' : 'POST';
      const { status } = await api.call(`/v1/api-keys/${encodeURI(decodeURIComponent(path))}`, {
        method,
        as: owner(),
      });
      expect([400, 404]).toContain(status);
    }
  },
);

it('a secret is in no later answer, no audit entry and no log line', async () => {
  const made = (await create()).body;
  const rotated = (await post(`${made.id}/rotate`)).body;
  const secrets = [made.key, rotated.key].map((key: string) => key.split('_')[2] ?? key);
  expect(await works(made.key)).toBe(true);
  // Sent where it does not belong, it is not said back either.
  const misplaced = await create({
    [made.key]: made.key,
    name: made.key.repeat(2),
    capabilities: [made.key],
  });
  const answers = [
    misplaced.text,
    (await api.call('/v1/api-keys', { as: owner() })).text,
    (await read(made.id)).text,
    (await post(`${made.id}/revoke`)).text,
    (await api.call('/v1/caller', { key: rotated.key })).text,
  ];
  const rows = await withAdmin(
    api.databaseUrl,
    (sql) => sql`select to_jsonb(a)::text as text from audit_entries a
      union all select to_jsonb(k)::text from api_keys k`,
  );
  for (const secret of secrets) {
    for (const text of [...answers.slice(1), ...rows.map((row) => String(row.text)), ...logged]) {
      expect(text).not.toContain(secret);
    }
  }
});
