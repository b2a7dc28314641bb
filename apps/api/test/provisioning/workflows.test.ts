import { makeServerConnection, uniqueName } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { finished, playRun } from '../support/play-worker.ts';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let admin: ReturnType<typeof openAdmin>;
beforeAll(async () => {
  api = await startTestApi({ workflowWaitMs: 3_000 });
  admin = openAdmin(api.databaseUrl);
  await makeServerConnection(api.db, api.workspace.id, { provider: 'local' });
});
afterAll(async () => {
  await admin.end({ timeout: 5 });
  await api.close();
});

const settings = `provider = "local"
server_configs = [
  { name = "web-01", plan = "small", zone = "local" }
]
clusters = [{ name = "cache", type = "redis", size = 2 }]
`;
const send = (method: NonNullable<Call['method']>, path: string, call: Call = {}) =>
  api.call(path, { method, as: api.workspace.members.operator, ...call });
const manage = (method: NonNullable<Call['method']>, path: string, body: unknown) =>
  send(method, path, { body, as: api.workspace.members.manager });

async function newInfra(text = settings): Promise<string> {
  const name = uniqueName('infra');
  const made = await manage('POST', '/v1/infras', { name, settings: text });
  expect(made.status).toBe(201);
  return name;
}

const counted = async (): Promise<number> =>
  (await admin`select count(*)::int as n from runs where workspace_id = ${api.workspace.id}`)[0]?.n;

describe('an infra', () => {
  test('is made with its settings once, is read with what stands, and takes new settings', async () => {
    const name = uniqueName('infra');
    const headers = { 'idempotency-key': uniqueName('key') };
    const body = { name, settings };
    const as = api.workspace.members.manager;
    const made = await send('POST', '/v1/infras', { body, headers, as });
    expect(made).toMatchObject({
      status: 201,
      body: { name, settings, resources: [], read: { provider: 'local' } },
    });
    expect((await send('POST', '/v1/infras', { body, headers, as })).status).toBe(201);
    expect((await manage('POST', '/v1/infras', body)).status).toBe(409);
    const read = await send('GET', made.headers.get('location') ?? '');
    expect(read.body.read.clusters).toEqual([{ name: 'cache', type: 'redis', size: 2 }]);
    const changed = await manage('PUT', `/v1/infras/${name}/settings`, { settings: 'provider = "local"\n' });
    expect(changed).toMatchObject({
      status: 200,
      body: { settingsChangedBy: as.username, read: { servers: [] } },
    });
    await admin`insert into resources (workspace_id, infra_id, kind, name, provider, connection_id, state)
      select i.workspace_id, i.id, 'server', 'web-01', 'local', c.id, '{"plan": "small", "address": "local:/srv/x"}'
      from infras i join connections c on c.workspace_id = i.workspace_id and c.tenant_id is null where i.name = ${name} limit 1`;
    const empty = await newInfra();
    expect((await send('GET', `/v1/infras/${empty}`)).body.counts.servers).toBe(0);
    const stands = (await send('GET', `/v1/infras/${name}`)).body;
    expect(stands).toMatchObject({
      counts: { servers: 1 },
      resources: [{ name: 'web-01', facts: { plan: 'small' } }],
    });
    // Where a folder of ours is, is nobody's business.
    expect(JSON.stringify(stands)).not.toContain('/srv/x');
    const listed = await send('GET', '/v1/infras?limit=200');
    expect(listed.body.items.map((one: { name: string }) => one.name)).toContain(name);
    const told =
      await admin`select action from audit_entries where object_kind = 'infra' and object_id = ${name} order by id`;
    expect(told.map(({ action }) => action)).toEqual(['infra.created', 'infra.settings_changed']);
  });

  test('whose settings are not understood is not made, and every line at fault is told', async () => {
    const name = uniqueName('infra');
    const text = 'provider = "local"\nimport os\n';
    const refused = await manage('POST', '/v1/infras', { name, settings: text });
    expect(refused).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/settings', detail: expect.stringMatching(/^Line 2: /) }] },
    });
    expect((await send('GET', `/v1/infras/${name}`)).status).toBe(404);
    for (const wrong of ['../up', 'UPPER', '-rf', '', 'a/b', 'x'.repeat(64)])
      expect((await manage('POST', '/v1/infras', { name: wrong, settings })).status).toBe(400);
    const outsider = { as: api.workspace.members.operator, body: { name, settings } };
    expect((await api.call('/v1/infras', { method: 'POST', ...outsider })).status).toBe(403);
  });
});

describe('a workflow', () => {
  test('is a task with its command and arguments; the same again is the same task, other work finds the infra busy', async () => {
    const infra = await newInfra();
    const made = await send('POST', '/workflows/servers/create', { body: { infra, check_mode: true } });
    expect(made).toMatchObject({
      status: 200,
      body: { success: true, data: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    expect(Object.keys(made.body)).toEqual(['success', 'data']);
    const again = await send('POST', '/workflows/servers/create', {
      body: { infra, check_mode: true, wait: false },
    });
    expect(again.body.data).toBe(made.body.data);
    const task = await send('GET', `/tasks/${made.body.data}`);
    expect(task.body).toMatchObject({
      success: true,
      data: {
        ...{ id: made.body.data, name: 'create_servers', command: 'servers create', status: 'Pending' },
        ...{ args: ['--infra', infra, '--settings', 'config.k', '--check'], dependencies: [] },
        ...{ started_at: null, completed_at: null, output: null, error: null },
      },
    });
    const busy = await send('POST', '/workflows/taskserv/create', {
      body: { operation: 'create', taskserv: 'nginx', infra },
    });
    expect(busy).toMatchObject({ status: 409, body: { success: false, reason: { code: 'scope_busy' } } });
    expect(busy.body.error).toBe(busy.body.detail);
    const listed = await send('GET', '/tasks?status=Pending&limit=1000');
    expect(listed.body.data.map(({ id }: { id: string }) => id)).toContain(made.body.data);
    expect(listed.body.data[0]).not.toHaveProperty('output');
    expect((await send('GET', '/tasks?status=Completed')).body.data).toEqual([]);
  });

  test('of a cluster takes the clusters of its type, and one of three servers where the settings name none', async () => {
    const inputOf = async (uid: string) =>
      (await admin`select operation, input from runs where uid = ${uid}`)[0] ?? {};
    const named = await send('POST', '/workflows/cluster/create', {
      body: { operation: 'scale', cluster_type: 'redis', infra: await newInfra() },
    });
    expect(await inputOf(named.body.data)).toMatchObject({
      operation: 'scale_cluster',
      input: { clusters: [{ name: 'cache', type: 'redis', size: 2 }] },
    });
    const unnamed = await send('POST', '/workflows/cluster/create', {
      body: { operation: 'create', cluster_type: 'kubernetes', infra: await newInfra() },
    });
    expect(await inputOf(unnamed.body.data)).toMatchObject({
      input: { clusters: [{ name: 'kubernetes', type: 'kubernetes', size: 3 }] },
    });
  });

  test('that is waited for answers when its task has ended, or when the patience is over', async () => {
    const infra = await newInfra();
    const body = { infra, wait: true };
    const waiting = send('POST', '/workflows/servers/create', { body });
    await expect
      .poll(async () => (await admin`select id from runs where input ->> 'infra' = ${infra}`).length)
      .toBe(1);
    const [row] = await admin`select id from runs where input ->> 'infra' = ${infra}`;
    const played = await playRun(api.db, api.workspace.id, Number(row?.id));
    await played.write({ end: finished });
    const ended = await waiting;
    expect(ended.status).toBe(200);
    const task = await send('GET', `/tasks/${ended.body.data}`);
    expect(task.body.data).toMatchObject({ status: 'Completed', progress: 100 });
    expect(task.body.data.args).toContain('--wait');
    const late = await send('POST', '/workflows/servers/create', { body });
    expect(late.status).toBe(200);
    expect((await send('GET', `/tasks/${late.body.data}`)).body.data.status).toBe('Pending');
  });

  test('is refused in its order: capability, shape, infra, settings, connection; nothing is made of any of it', async () => {
    const infra = await newInfra();
    const before = await counted();
    const post = (path: string, body: unknown, call: Call = {}) => send('POST', path, { body, ...call });
    const servers = '/workflows/servers/create';
    const viewer = { as: api.workspace.members.viewer };
    expect((await post(servers, {}, viewer)).status).toBe(403);
    expect((await post('/workflows/taskserv/create', { operation: 'delete' }, viewer)).body).toMatchObject({
      success: false,
      error: expect.stringContaining('run.start.delete_taskserv'),
    });
    expect((await post(servers, {})).status).toBe(400);
    expect((await post(servers, { infra: 'no-such-infra' })).status).toBe(404);
    for (const wrong of ['../demo', '-oProxyCommand=id', '$(id)', 'a b', ';id', '', '~', 'LD_PRELOAD=x'])
      expect((await post(servers, { infra: wrong })).status).toBe(400);
    for (const wrong of [
      '-oProxyCommand=id',
      '--help',
      ';id',
      '`id`',
      '|',
      '$(id)',
      'a\nb',
      '*',
      '@file',
      'a'.repeat(70_000),
    ]) {
      const taskserv = { operation: 'create', taskserv: wrong, infra };
      expect((await post('/workflows/taskserv/create', taskserv)).status).toBe(400);
      const cluster = { operation: 'create', cluster_type: wrong, infra };
      expect((await post('/workflows/cluster/create', cluster)).status).toBe(400);
    }
    expect(
      (await post('/workflows/taskserv/create', { operation: 'explode', taskserv: 'nginx', infra })).status,
    ).toBe(400);
    const bare = await newInfra('provider = "local"\n');
    expect((await post(servers, { infra: bare })).body.errors).toEqual([
      { pointer: '/settings', detail: 'names no servers in `server_configs`' },
    ]);
    const cloudy = await newInfra('provider = "aws"\ntaskservs = ["nginx"]\n');
    const missing = await post('/workflows/taskserv/create', {
      operation: 'create',
      taskserv: 'nginx',
      infra: cloudy,
    });
    expect(missing).toMatchObject({
      status: 409,
      body: { success: false, reason: { code: 'provider_connection_missing' } },
    });
    expect(await counted()).toBe(before);
  });

  test('of another workspace, and a task of it, are not there; an ill-formed id is told as such', async () => {
    const foreign = crypto.randomUUID();
    expect((await send('GET', `/tasks/${foreign}`)).body).toMatchObject({ success: false });
    expect((await send('GET', `/tasks/${foreign}`)).status).toBe(404);
    expect((await send('GET', '/tasks/not-a-uuid')).status).toBe(400);
    for (const query of [
      'limit=0',
      'limit=1001',
      'limit=',
      'offset=-1',
      'status=running',
      'colour=red',
      'limit=1e3',
    ])
      expect((await send('GET', `/tasks?${query}`)).status).toBe(400);
  });
});
