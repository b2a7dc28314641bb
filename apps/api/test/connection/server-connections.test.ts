import { uniqueName } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

const secret = 'a-password-planted-in-this-test';
const send = (method: NonNullable<Call['method']>, path: string, call: Call = {}) =>
  api.call(path, { method, as: api.workspace.members.manager, ...call });
const add = (body: unknown, call: Call = {}) => send('POST', '/v1/server-connections', { body, ...call });
const upcloud = { provider: 'upcloud', label: 'UpCloud', account: 'signalbox-api' };
const connections = async (): Promise<number> => {
  const [row] = await admin`select count(*)::int as n from connections where tenant_id is null`;
  return row?.n;
};

test('a connection to a provider of servers belongs to the workspace, seals its secret, and can be checked', async () => {
  const headers = { 'idempotency-key': uniqueName('key') };
  const made = await add({ ...upcloud, secret }, { headers });
  expect(made).toMatchObject({
    status: 201,
    body: { provider: 'upcloud', isDefault: true, credential: 'present' },
  });
  expect(made.body).not.toHaveProperty('tenant');
  expect((await add({ ...upcloud, secret }, { headers })).text).toBe(made.text);
  expect((await add({ ...upcloud, secret: 'another' }, { headers })).status).toBe(422);
  const read = await api.call(made.headers.get('location') ?? '', { as: api.workspace.members.viewer });
  expect(read.body).toMatchObject({
    account: 'signalbox-api',
    faults: [{ reason: { code: 'connection_unchecked' } }],
  });
  expect(read.body.operations.map(({ name }: { name: string }) => name)).toContain('create_servers');
  const check = await send('POST', `/v1/connections/${made.body.id}/check`);
  expect(check).toMatchObject({
    status: 201,
    body: { outcome: 'accepted', run: { operation: 'servers.connection.check' } },
  });
  expect((await send('POST', `/v1/connections/${made.body.id}/check`)).body.outcome).toBe('deduped');
  const second = await add({ ...upcloud, label: 'Second' });
  expect(second.body).toMatchObject({ isDefault: false, credential: 'missing' });
  const given = await send('PUT', `/v1/connections/${second.body.id}/credential`, {
    body: { clientSecret: secret, account: 'another-user' },
  });
  expect(given).toMatchObject({ status: 200, body: { credential: 'present' } });
  const path = `/v1/connections/${second.body.id}`;
  expect((await api.call(path, { as: api.workspace.members.viewer })).body.account).toBe('another-user');
  expect((await send('POST', `${path}/default`)).status).toBe(200);
  expect(
    (await api.call(made.headers.get('location') ?? '', { as: api.workspace.members.viewer })).body,
  ).toMatchObject({ isDefault: false });
  const told = await admin`select details from audit_entries where object_kind = 'connection'`;
  expect(`${made.text}${read.text}${given.text}${JSON.stringify([...told])}`).not.toContain(secret);
});

test('what does not fit the provider is told by its field, and nothing is made of it', async () => {
  const before = await connections();
  const refused = async (body: object, pointer: string): Promise<void> => {
    const answer = await add(body);
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([400, pointer]);
  };
  await refused({ ...upcloud, account: undefined }, '/account');
  await refused({ ...upcloud, region: 'eu-central-1' }, '/region');
  await refused({ provider: 'aws', label: 'EC2', account: 'AKIA' }, '/region');
  await refused({ provider: 'aws', label: 'EC2', account: 'AKIA', region: 'eu-central-1;id' }, '/region');
  await refused({ provider: 'local', label: 'Here', secret }, '/secret');
  await refused({ ...upcloud, provider: 'graph' }, '/provider');
  await refused({ ...upcloud, account: 'two words' }, '/account');
  await refused({ ...upcloud, credentialExpiresAt: '2099-01-01T00:00:00Z' }, '/credentialExpiresAt');
  await refused({ ...upcloud, tenantId: 1 }, '/tenantId');
  expect(await connections()).toBe(before);
  const local = await add({ provider: 'local', label: 'This machine' });
  expect(local.status).toBe(201);
  const wrong = await send('PUT', `/v1/connections/${local.body.id}/credential`, {
    body: { clientSecret: secret, clientId: 'b7f6a3de-2a0f-4f1e-9a64-6f0c8d1e5b01' },
  });
  expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([400, '/clientId']);
  for (const as of [api.workspace.members.viewer, api.workspace.members.operator])
    expect((await add(upcloud, { as })).status).toBe(403);
});
