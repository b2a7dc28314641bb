import { advancePlan } from '@signalbox/db/commands/plan/advance-plan';
import type { Person } from '@signalbox/domain/access/principal';
import { makeServerConnection, makeWorkspace } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { finished, playRun } from '../support/play-worker.ts';
import { type Answer, type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let admin: ReturnType<typeof openAdmin>;
let operator: Person;
let name = 'demo';
let batches = 0;

beforeAll(async () => {
  api = await startTestApi();
  admin = openAdmin(api.databaseUrl);
  operator = api.workspace.members.operator;
  await makeServerConnection(api.db, api.workspace.id, { provider: 'local' });
}, 60_000);
beforeEach(() => {
  batches += 1;
  name = `infra-${batches}`;
});
afterAll(async () => {
  await admin.end({ timeout: 5 });
  await api.close();
});

const failed = {
  kind: 'finish',
  result: { kind: 'failed', error: { code: 'provider_unavailable', message: 'It did not answer.' } },
  output: null,
} as const;

interface Sketch {
  readonly id?: unknown;
  readonly dependencies?: unknown;
  readonly [member: string]: unknown;
}

const server = (id: string, ...dependencies: string[]): Sketch => ({
  ...{ id, type: 'server_batch', provider: 'local', dependencies },
  config: { server_configs: [{ name: 'web-01', plan: 'small', zone: 'local' }] },
});
const execute = (operations: unknown, more: object = {}, call: Pick<Call, 'headers' | 'as'> = {}) =>
  api.call('/batch/execute', {
    ...{ method: 'POST', as: operator, body: { name, operations, ...more } },
    ...call,
  });
const create = (operations: unknown, more: object = {}, as = operator) =>
  api.call('/v1/batches', { method: 'POST', as, body: { name, operations, ...more } });
const post = (path: string, as = operator, body: object = {}) => api.call(path, { method: 'POST', as, body });
const planOf = async (uid: string) => Number((await admin`select id from plans where uid = ${uid}`)[0]?.id);
const advance = async (uid: string) =>
  advancePlan(api.db, { workspaceId: api.workspace.id, planId: await planOf(uid) });

async function endRun(uid: string, key: string, ending: 'succeeded' | 'failed'): Promise<void> {
  const { body } = await api.call(`/v1/batches/${uid}`, { as: operator });
  const run = body.items.find((item: { id: string }) => item.id === key)?.run;
  const played = await playRun(api.db, api.workspace.id, run.id);
  await played.write({ end: ending === 'succeeded' ? finished : failed });
  await advance(uid);
}

async function release(uid: string): Promise<void> {
  await post(`/v1/batches/${uid}/cancel`);
}

/** Everything a batch writes, to show that a refusal writes nothing. */
const traces = async () =>
  (
    await admin`select (select count(*) from plans) as plans, (select count(*) from infras) as infras,
    (select count(*) from scope_claims) as claims, (select count(*) from idempotency_keys) as answers`
  )[0];

it('the example of the contract is answered in its words, from its submission to its end', async () => {
  await makeServerConnection(api.db, api.workspace.id, {
    ...{ provider: 'upcloud', settings: { account: 'a' }, secret: 'a secret of no value' },
  });
  await makeServerConnection(api.db, api.workspace.id, {
    provider: 'aws',
    settings: { account: 'a', region: 'eu-central-1' },
    secret: 'a secret of no value',
  });
  const operations = [
    {
      ...{ id: 'upcloud_servers', type: 'server_batch', provider: 'upcloud', dependencies: [] },
      config: { server_configs: [{ name: 'web-01', plan: '1xCPU-2GB', zone: 'de-fra1' }] },
    },
    {
      ...{ id: 'aws_taskservs', type: 'taskserv_batch', provider: 'aws', dependencies: ['upcloud_servers'] },
      config: { taskservs: ['kubernetes', 'cilium'] },
    },
  ];
  name = 'multi_cloud_deployment';
  const more = { version: '1.0.0', storage_backend: 'surrealdb', parallel_limit: 5, rollback_enabled: false };
  const { status, body } = await execute(operations, { ...more, unknown: 'is ignored' });
  expect(status).toBe(200);
  expect(body).toEqual({
    success: true,
    data: {
      batch_id: expect.any(String),
      status: 'Running',
      operations: [
        { id: 'upcloud_servers', status: 'Pending' },
        { id: 'aws_taskservs', status: 'Pending' },
      ],
    },
  });
  const uid = body.data.batch_id;
  await advance(uid);
  await endRun(uid, 'upcloud_servers', 'succeeded');
  await endRun(uid, 'aws_taskservs', 'failed');
  const read = await api.call(`/batch/operations/${uid}`, { as: operator });
  expect(read.body.data).toMatchObject({
    batch_id: uid,
    name,
    status: 'Failed',
    operations: [
      { id: 'upcloud_servers', status: 'Completed', progress: 100 },
      { id: 'aws_taskservs', status: 'Failed' },
    ],
  });
  const list = await api.call('/batch/operations', { as: operator });
  expect(list.body.data).toContainEqual(read.body.data);
  const cancel = await post(`/batch/operations/${uid}/cancel`);
  expect([cancel.status, cancel.body]).toMatchObject([
    409,
    { success: false, error: 'The batch has already ended.', code: 'conflict' },
  ]);
  const native = await api.call(`/v1/batches/${uid}`, { as: operator });
  expect(native.body.items[1]).toMatchObject({
    ...{ id: 'aws_taskservs', status: 'failed', wave: 2, dependencies: ['upcloud_servers'] },
    config: { infra: name, taskservs: ['kubernetes', 'cilium'] },
  });
});

it('a failure is contained, its rest can be tried again, and a cancel says what it stopped', async () => {
  const { body, status, headers } = await create(
    [server('a'), server('b', 'a'), server('c', 'b'), server('free')],
    { parallelLimit: 1, rollbackEnabled: false },
  );
  expect([status, headers.get('location')]).toEqual([201, `/v1/batches/${body.id}`]);
  expect(body).toMatchObject({
    ...{ status: 'running', waves: [['a', 'free'], ['b'], ['c']], peakConcurrency: 1, infras: [name] },
    items: [
      { wait: { cause: 'worker' } },
      { wait: { cause: 'dependencies', on: ['a'] } },
      { wait: { cause: 'dependencies', on: ['b'] } },
      { wait: { cause: 'worker' } },
    ],
  });
  await advance(body.id);
  const running = (await api.call(`/v1/batches/${body.id}`, { as: operator })).body;
  expect(running.items.map(({ wait }: { wait?: { cause: string } }) => wait?.cause)).toEqual([
    undefined,
    'dependencies',
    'dependencies',
    'parallel_limit',
  ]);
  await endRun(body.id, 'a', 'failed');
  await endRun(body.id, 'free', 'succeeded');
  const ended = (await api.call(`/v1/batches/${body.id}`, { as: operator })).body;
  expect(ended).toMatchObject({
    status: 'failed',
    statusText: '1 failed, 2 skipped; 1 of 4 operations completed.',
    items: [{ status: 'failed' }, { becauseOf: 'a' }, { becauseOf: 'a', status: 'skipped' }, {}],
    cancelRefused: 'The batch has already ended.',
  });
  const retried = await post(`/v1/batches/${body.id}/retry`);
  expect([retried.status, retried.body]).toMatchObject([201, { parentId: body.id, counts: { total: 3 } }]);
  expect(await post(`/v1/batches/${body.id}/retry`)).toMatchObject({ status: 409 });
  const cancelled = await post(`/v1/batches/${retried.body.id}/cancel`, operator, { reason: 'enough' });
  expect(cancelled.body).toMatchObject({
    ...{ stopped: ['a', 'b', 'c'], stopping: [] },
    batch: { status: 'cancelled', cancelledBy: operator.username, cancelReason: 'enough' },
  });
  expect(await post(`/v1/batches/${retried.body.id}/cancel`)).toMatchObject({ status: 409 });
  const page = await api.call('/v1/batches?status=cancelled&limit=1', { as: operator });
  expect(page.body.items.map(({ id }: { id: string }) => id)).toEqual([retried.body.id]);
  expect((await api.call('/v1/batches?status=none', { as: operator })).status).toBe(400);
});

it('a preview names every problem, the waves and what the gate says to each, and writes nothing', async () => {
  const before = await traces();
  const good = await post('/v1/batches/preview', operator, {
    ...{ name, parallelLimit: 2 },
    operations: [server('a'), server('b', 'a'), { ...server('t', 'b'), provider: 'terraform' }],
  });
  expect(good.body).toMatchObject({
    ...{ startable: false, problems: [], waves: [['a'], ['b'], ['t']], peakConcurrency: 1 },
    infras: [{ name, exists: false }],
    operations: [
      { outcome: { outcome: 'accepted' } },
      { outcome: { outcome: 'accepted' } },
      { outcome: { outcome: 'blocked', reason: { code: 'provider_connection_missing' } } },
    ],
  });
  const bad = await post('/v1/batches/preview', api.workspace.members.viewer, {
    name,
    operations: [server('a', 'b'), server('b', 'a'), { ...server('x'), provider: 'mainframe' }],
  });
  expect(bad.body).toMatchObject({
    ...{ startable: false, waves: [], peakConcurrency: 0 },
    problems: [
      { code: 'unknown_provider', operations: ['x'], pointer: '/operations/2/provider' },
      { code: 'cycle', operations: ['a', 'b'], pointer: '/operations/0/dependencies' },
    ],
    operations: [{ forbidden: 'run.start.create_servers' }, {}, {}],
  });
  expect(bad.body.operations[2]).not.toHaveProperty('outcome');
  expect(await traces()).toEqual(before);
});

const chain = (length: number, ...first: string[]) =>
  Array.from({ length }, (_, index) =>
    index === 0 ? server('n0', ...first) : server(`n${index}`, `n${index - 1}`),
  );

/** Two thousand servers, and three task services on each. */
const wide: Sketch[] = [
  {
    ...{ id: 'all', type: 'cluster_batch', provider: 'local', dependencies: [] },
    config: {
      clusters: Array.from({ length: 20 }, (_, index) => ({ name: `c${index}`, type: 'redis', size: 100 })),
    },
  },
  {
    ...{ id: 'on', type: 'taskserv_batch', provider: 'local', dependencies: ['all'] },
    config: { taskservs: ['nginx', 'redis', 'cilium'] },
  },
];

describe('operations that cannot be a batch', () => {
  it.each<[string, unknown[], [string, string]]>([
    ['none', [], ['empty', '/operations']],
    ['itself', [server('a', 'a')], ['self_loop', '/operations/0/dependencies']],
    ['two in a circle', [server('a', 'b'), server('b', 'a')], ['cycle', '/operations/0/dependencies']],
    ['1,000 in a circle', chain(1_000, 'n999'), ['cycle', '/operations/0/dependencies']],
    ['an unknown one', [server('a', 'gone')], ['unknown_dependency', '/operations/0/dependencies']],
    ['one of an object', [server('a', '__proto__')], ['unknown_dependency', '/operations/0/dependencies']],
    ['two of one id', [server('a'), server('a')], ['duplicate_id', '/operations/1/id']],
    ['the id __proto__', [server('__proto__')], ['unusable_id', '/operations/0/id']],
    ['1,001', chain(1_001), ['too_many_operations', '/operations']],
    [
      '100,000 dependencies',
      [server('a'), server('b', ...Array.from({ length: 100_000 }, () => 'a'))],
      ['too_many_edges', '/operations'],
    ],
    [
      'another provider',
      [{ ...server('a'), provider: 'mainframe' }],
      ['unknown_provider', '/operations/0/provider'],
    ],
    [
      'an infra that is not there',
      [{ ...server('a'), config: { ...(server('a').config as object), infra: 'gone' } }],
      ['unknown_infra', '/operations/0/config/infra'],
    ],
    ['many servers written small', wide, ['too_many_servers', '/operations/1/config']],
  ])('are refused naming them and where they stand: %s', async (_, operations, [code, pointer]) => {
    const before = await traces();
    const { status, body } = await execute(operations);
    expect(status).toBe(422);
    expect(body).toMatchObject({ success: false, code: 'batch_impossible', error: expect.any(String) });
    expect(body.problems[0]).toMatchObject({ code, pointer });
    expect(body.errors[0]).toMatchObject({ pointer, detail: body.problems[0].message });
    expect(await traces()).toEqual(before);
  });

  it('are told apart from requests of a wrong shape', async () => {
    const before = await traces();
    const small = { name: 'web-01', plan: 'small', zone: 'local' };
    const config = { server_configs: [{ ...small, name: '-oProxyCommand=x' }] };
    const wrong: [unknown, object][] = [
      [[server('a')], { parallel_limit: 0 }],
      [[server('a')], { parallel_limit: 101 }],
      [[server('a')], { storage_backend: 'tape' }],
      [[server('a')], { rollback_enabled: 'false' }],
      [[server('a')], { name: 'Not an infra' }],
      [[server('a')], { name: undefined }],
      [[{ ...server('a'), type: 'tape_batch' }], {}],
      [[{ ...server('a'), dependencies: undefined }], {}],
      [[{ ...server('a'), dependencies: 'b' }], {}],
      [[{ ...server('a'), id: 'a\u0000' }], {}],
      [[{ ...server('a'), id: 7 }], {}],
      [[{ ...server('a'), config: {} }], {}],
      [[{ ...server('a'), config: { server_configs: [small, { ...small, plan: 'large' }] } }], {}],
      [[{ ...server('a'), config }], {}],
      [[{ ...server('a'), config: { taskservs: ['nginx; rm -rf'] } }], {}],
      [
        [
          {
            ...server('a'),
            type: 'cluster_batch',
            config: { clusters: [{ name: 'c', type: 'k', size: 0 }] },
          },
        ],
        {},
      ],
      ['a', {}],
      [undefined, {}],
    ];
    for (const [operations, more] of wrong) {
      const { status, body } = await execute(operations, more);
      expect([status, body.success], JSON.stringify([operations, more])).toEqual([400, false]);
    }
    // The native twin takes nothing that it does not know.
    expect((await create([server('a')], { parallel_limit: 3 })).status).toBe(400);
    expect((await create([{ ...server('a'), depends: [] }])).status).toBe(400);
    expect(await traces()).toEqual(before);
  });
});

it('at the limits a batch is admitted: 1,000 operations in a row, and a diamond 500 wide', async () => {
  const diamond = [
    server('top'),
    ...Array.from({ length: 500 }, (_, index) => server(`m${index}`, 'top')),
    server('end', ...Array.from({ length: 500 }, (_, index) => `m${index}`)),
  ];
  for (const operations of [chain(1_000), diamond]) {
    const { status, body } = await execute(operations);
    expect([status, body.data.operations.length]).toEqual([200, operations.length]);
    await release(body.data.batch_id);
  }
});

it('equal requests under one Idempotency-Key make one batch; another body under it is refused', async () => {
  const keyed = { 'idempotency-key': 'one-batch' };
  const all = await Promise.all(
    Array.from({ length: 20 }, () => execute([server('a')], {}, { headers: keyed })),
  );
  const made = all.filter(({ status }) => status === 200);
  const uids = new Set(made.map(({ body }) => body.data.batch_id));
  expect(uids.size).toBe(1);
  // Whoever came while the first was being answered may be told so, and nothing else.
  expect(all.every(({ status, body }) => status === 200 || body.code === 'idempotency_in_flight')).toBe(true);
  const [uid = ''] = uids;
  await release(uid);
  expect((await execute([server('a')], {}, { headers: keyed })).text).toBe(made[0]?.text);
  expect((await execute([server('b')], {}, { headers: keyed })).status).toBe(422);
  expect((await execute([server('a')], {}, { headers: { 'idempotency-key': 'k'.repeat(256) } })).status).toBe(
    400,
  );
  expect(await admin`select from plans where name = ${name}`).toHaveLength(1);
});

it('of two batches for one infra one is admitted, and the other is told who holds what', async () => {
  const both = await Promise.all([execute([server('a')]), execute([server('b')])]);
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  const busy = both.find(({ status }) => status === 409);
  const made = both.find(({ status }) => status === 200);
  expect(busy?.body).toMatchObject({
    ...{ success: false, code: 'scope_busy' },
    holder: { batchId: made?.body.data.batch_id, operation: 'batch', since: expect.any(String) },
  });
  const [open] = busy?.body.nextSteps ?? [];
  expect(open).toMatchObject({ href: `/w/ws-default/batches/${made?.body.data.batch_id}` });
  await release(made?.body.data.batch_id);
});

it('a batch is there for the members of its workspace alone, and made by who may start what it consists of', async () => {
  const { body } = await create([server('a')]);
  const { viewer } = api.workspace.members;
  const elsewhere = (await makeWorkspace(api.db)).members.owner;
  const paths = [`/v1/batches/${body.id}`, `/batch/operations/${body.id}`];
  const unknown = '01a20850-ce5f-7d68-99c5-7b6037cfc1b7';
  const told = ({ status, body: said }: Answer) => [status, said.code];
  for (const path of paths) {
    expect((await api.call(path, { as: viewer })).status).toBe(200);
    expect(told(await post(`${path}/cancel`, viewer))).toEqual([403, 'forbidden']);
    const gone = path.replace(body.id, unknown);
    expect(told(await api.call(path, { as: elsewhere }))).toEqual(
      told(await api.call(gone, { as: operator })),
    );
    expect(told(await post(`${path}/cancel`, elsewhere))).toEqual([404, 'not_found']);
    expect((await api.call(path.replace(body.id, 'no-uuid'), { as: operator })).status).toBe(400);
  }
  expect(told(await execute([server('x')], {}, { as: viewer }))).toEqual([403, 'forbidden']);
  expect(told(await execute([], {}, { as: viewer }))).toEqual([403, 'forbidden']);
  expect(told(await create([server('x')], {}, viewer))).toEqual([403, 'forbidden']);
  expect(told(await post(`/v1/batches/${body.id}/retry`, elsewhere))).toEqual([404, 'not_found']);
  const theirs = await api.call('/v1/batches', { as: elsewhere });
  expect(theirs.body.items).toEqual([]);
  expect((await api.call('/batch/operations?limit=1', { as: operator })).status).toBe(400);
  await release(body.id);
});
