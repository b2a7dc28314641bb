import { makeApiKey } from '@signalbox/testing/fixtures/api-key';
import { makeWorkspace, uniqueName } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinAs } from '../support/join-as.ts';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let admin: ReturnType<typeof openAdmin>;
beforeAll(async () => {
  api = await startTestApi();
  admin = openAdmin(api.databaseUrl);
});
afterAll(async () => {
  await admin.end({ timeout: 5 });
  await api.close();
});

const add = (body: unknown, call: Omit<Call, 'body'> = {}) =>
  api.call('/v1/tenants', { method: 'POST', as: api.workspace.members.manager, body, ...call });
const wish = (externalId = uniqueName('t')) => ({ externalId, name: 'Contoso Ltd' });
const total = async () => Number((await admin`select count(*) as n from tenants`)[0]?.n);

describe('a new tenant', () => {
  it('is there for whoever sees all, under its external id, and in the audit', async () => {
    const body = { externalId: '  CONTOSO-Europe.Example ', name: ' Contoso Europe ' };
    const made = await add(body);
    expect(made).toMatchObject({
      status: 201,
      body: { externalId: 'contoso-europe.example', name: 'Contoso Europe', connections: 0 },
    });
    const at = made.headers.get('location') ?? '';
    expect((await api.call(at, { as: api.workspace.members.viewer })).body).toMatchObject(made.body);
    const entries = await admin`
      select action, actor_name, details from audit_entries where request_id = ${made.headers.get('x-request-id')}`;
    expect([...entries]).toEqual([
      {
        action: 'tenant.created',
        actor_name: api.workspace.members.manager.username,
        details: { externalId: 'contoso-europe.example', name: 'Contoso Europe' },
      },
    ]);
    const start = await api.call('/admin/t/contoso-europe.example/runs/snapshot_capture', {
      ...{ method: 'POST', as: api.workspace.members.operator, body: {} },
    });
    expect(start).toMatchObject({ status: 409, body: { code: 'provider_connection_missing' } });
  });

  it('is seen by the one who made it, though they see some tenants only, and by no other of those', async () => {
    const { owner } = api.workspace.members;
    const maker = await joinAs(api, owner, { role: 'manager', tenants: [api.tenant.tenantId] });
    const other = await joinAs(api, owner, { role: 'manager', tenants: [api.tenant.tenantId] });
    const made = await add(wish(), { as: maker });
    expect(made.status).toBe(201);
    const read = async (as: typeof maker) => (await api.call(`/v1/tenants/${made.body.id}`, { as })).status;
    expect([await read(maker), await read(owner), await read(other)]).toEqual([200, 200, 404]);
    // The list they had is longer by this one.
    expect((await api.call('/v1/tenants', { as: maker })).body.items).toHaveLength(2);
    // A key that acts for them makes it for them.
    const key = await makeApiKey(api.db, owner, { mayActFor: true });
    const call = { key: key.text, headers: { 'x-user-id': maker.username } };
    const byKey = await api.call('/v1/tenants', { method: 'POST', body: wish(), ...call });
    expect(byKey.status).toBe(201);
    expect((await api.call(`/v1/tenants/${byKey.body.id}`, { as: maker })).status).toBe(200);
  });

  it('of somebody who is lowered while their request waits is not made', async () => {
    const { owner } = api.workspace.members;
    const maker = await joinAs(api, owner, { role: 'manager' });
    const before = await total();
    let answer: ReturnType<typeof add> | undefined;
    await admin.begin(async (sql) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`members:${api.workspace.id}`}, 0))`;
      answer = add(wish(), { as: maker });
      await expect
        .poll(() => admin`select from pg_locks where locktype = 'advisory' and not granted`, { interval: 5 })
        .toHaveLength(1);
      await sql`update members set role = 'operator' where user_id = ${maker.userId}`;
    });
    expect(await answer).toMatchObject({ status: 403, body: { capability: 'tenant.manage' } });
    expect(await total()).toBe(before);
  });

  it('is one, however many ask for it at once, and one for each Idempotency-Key', async () => {
    const before = await total();
    const body = wish();
    const racing = await Promise.all(Array.from({ length: 6 }, () => add(body)));
    expect(racing.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409, 409, 409, 409]);
    expect(racing.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'conflict',
      detail: 'The external id is taken in this workspace.',
      nextSteps: [{ code: 'correct_input' }],
    });
    const keyed = wish();
    const headers = { 'idempotency-key': uniqueName('key') };
    const twins = await Promise.all(Array.from({ length: 6 }, () => add(keyed, { headers })));
    expect(twins.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 201]);
    expect(new Set(twins.map(({ body: { id } }) => id)).size).toBe(1);
    const again = await add(keyed, { headers });
    expect([again.status, again.text]).toEqual([201, twins[0]?.text]);
    expect(await add({ ...keyed, name: 'Other' }, { headers })).toMatchObject({ status: 422 });
    // A refusal is not kept.
    const refused = { 'idempotency-key': uniqueName('key') };
    expect((await add(body, { headers: refused })).status).toBe(409);
    expect((await add(wish(), { headers: refused })).status).toBe(201);
    expect(await total()).toBe(before + 3);
  });

  it('of another workspace may have the same external id', async () => {
    const other = await makeWorkspace(api.db);
    const body = wish();
    expect((await add(body)).status).toBe(201);
    expect((await add(body, { as: other.members.manager })).status).toBe(201);
  });

  const long = 'a'.repeat(201);
  it.each([
    ['no external id', { name: 'x' }],
    ['an empty external id', { ...wish(), externalId: ' ' }],
    ['one that is too long', { ...wish(), externalId: long }],
    ['one of 10 kB', { ...wish(), externalId: 'a'.repeat(10_000) }],
    ['a number as one', { ...wish(), externalId: 7 }],
    ['a slash in it', { ...wish(), externalId: 'a/b' }],
    ['a way up', { ...wish(), externalId: '..' }],
    ['a space in it', { ...wish(), externalId: 'a b' }],
    ['a NUL in it', { ...wish(), externalId: 'a\u0000b' }],
    ['a line break in it', { ...wish(), externalId: 'a\r\nb' }],
    ['half of a surrogate pair in it', { ...wish(), externalId: 'a\ud800' }],
    ['a letter that only looks like one', { ...wish(), externalId: 'c\u043entoso' }],
    ['a letter with a mark', { ...wish(), externalId: 'mu\u0308ller' }],
    ['no name', { externalId: 'x' }],
    ['a name with a control character', { ...wish(), name: 'a\u0007b' }],
    ['a name that reorders what follows', { ...wish(), name: 'a\u202eb' }],
    ['a name that is too long', { ...wish(), name: 'a'.repeat(101) }],
    ['an unknown key', { ...wish(), owner: true }],
    ['__proto__', '{"externalId":"a","name":"b","__proto__":{"x":1}}'],
    ['null', 'null'],
    ['a list', '[1]'],
    ['nothing', undefined],
  ])('is not made with %s', async (_, body) => {
    const before = await total();
    expect((await add(body)).status).toBe(400);
    expect(await total()).toBe(before);
  });

  it('has one twin in no case and no Unicode form', async () => {
    const { externalId } = (await add(wish('kelvin-1'))).body;
    for (const twin of ['KELVIN-1', ' kelvin-1\u00a0', '\u212aelvin-1']) {
      expect((await add(wish(twin))).status, twin).toBe(409);
    }
    expect(externalId).toBe('kelvin-1');
  });

  it.each(['viewer', 'operator'] as const)(
    'is nothing for a %s, who is told the capability',
    async (role) => {
      const answer = await add(wish(), { as: api.workspace.members[role] });
      expect(answer).toMatchObject({ status: 403, body: { capability: 'tenant.manage' } });
      const path = `/v1/tenants/${api.tenant.tenantId}`;
      const call = { method: 'PATCH', as: api.workspace.members[role], body: { name: 'x' } } as const;
      expect(await api.call(path, call)).toMatchObject({
        status: 403,
        body: { capability: 'tenant.manage' },
      });
    },
  );
});

describe('a tenant', () => {
  it('is renamed, and the name it has leaves no entry', async () => {
    const { id } = (await add(wish())).body;
    const rename = (name: string) =>
      api.call(`/v1/tenants/${id}`, {
        ...{ method: 'PATCH', as: api.workspace.members.manager, body: { name } },
      });
    expect(await rename('Contoso Asia')).toMatchObject({ status: 200, body: { id, name: 'Contoso Asia' } });
    expect(await rename('Contoso Asia')).toMatchObject({ status: 200 });
    const entries = await admin`
      select details from audit_entries where action = 'tenant.renamed' and object_id = ${String(id)}`;
    expect([...entries]).toEqual([{ details: { from: 'Contoso Ltd', to: 'Contoso Asia' } }]);
    expect((await rename('')).status).toBe(400);
  });
});
