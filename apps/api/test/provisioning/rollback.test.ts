import type { changeResource } from '@signalbox/db/commands/provisioning/change-resource';
import { makeServerConnection, makeWorkspace, uniqueName } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { finished, playRun } from '../support/play-worker.ts';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let admin: ReturnType<typeof openAdmin>;
let connectionId: number;
beforeAll(async () => {
  api = await startTestApi({ rollbackWaitMs: 1_500 });
  admin = openAdmin(api.databaseUrl);
  connectionId = await makeServerConnection(api.db, api.workspace.id, { provider: 'local' });
});
afterAll(async () => {
  await admin.end({ timeout: 5 });
  await api.close();
});

const send = (method: NonNullable<Call['method']>, path: string, call: Call = {}) =>
  api.call(path, { method, as: api.workspace.members.operator, ...call });
const post = (path: string, body: unknown, call: Call = {}) => send('POST', path, { body, ...call });

/** An infra on which a run has made a server, and another one a service on it. */
async function history() {
  const infra = uniqueName('infra');
  const settings =
    'provider = "local"\nserver_configs = [{ name = "web-01", plan = "small", zone = "local" }]\n';
  await post('/v1/infras', { name: infra, settings }, { as: api.workspace.members.manager });
  const through = { infra, provider: 'local', connectionId, externalId: null } as const;
  const done = async (
    path: string,
    body: object,
    change: Pick<Parameters<typeof changeResource>[2], 'kind' | 'name' | 'state'>,
  ) => {
    const { body: made } = await post(path, { infra, ...body });
    const [run] = await admin`select id from runs where uid = ${made.data}`;
    const id = Number(run?.id);
    const played = await playRun(api.db, api.workspace.id, id);
    await played.write({
      deeds: [{ kind: 'change_resource', now: { ...through, ...change } }],
      end: finished,
    });
    return String(made.data);
  };
  const servers = await done(
    '/workflows/servers/create',
    {},
    {
      kind: 'server',
      name: 'web-01',
      state: { plan: 'small', zone: 'local', role: 'server' },
    },
  );
  const service = await done(
    '/workflows/taskserv/create',
    { operation: 'create', taskserv: 'nginx' },
    {
      kind: 'taskserv',
      name: 'web-01/nginx',
      state: { server: 'web-01', service: 'nginx', role: 'server', version: '1.0.0' },
    },
  );
  return { infra, servers, service };
}

/** Plays the worker of a rollback: each change is undone. */
async function playRollback(uid: string): Promise<void> {
  const [run] = await admin`select id, input from runs where uid = ${uid}`;
  const played = await playRun(api.db, api.workspace.id, Number(run?.id));
  const changes: number[] = run?.input.changes;
  const counts = { total: changes.length, succeeded: changes.length, failed: 0, skipped: 0 };
  await played.write({
    counts,
    deeds: changes.map((seq) => ({ kind: 'undo_change', undone: { seq, externalId: null, state: null } })),
    end: finished,
  });
}

test('a checkpoint says what it covers, how big that is, and what going back would undo', async () => {
  const headers = { 'idempotency-key': uniqueName('key') };
  const empty = await post('/rollback/checkpoints', { name: 'empty' }, { headers });
  expect(Object.keys(empty.body)).toEqual(['success', 'data']);
  expect((await post('/rollback/checkpoints', { name: 'empty' }, { headers })).body).toEqual(empty.body);
  const { infra } = await history();
  const full = await post('/v1/checkpoints', { name: 'full', description: 'One server' });
  expect(full).toMatchObject({ status: 201, body: { name: 'full', changesSince: 0 } });
  const read = await send('GET', full.headers.get('location') ?? '');
  const kept = read.body.content.infras.find(({ name }: { name: string }) => name === infra);
  expect(kept.resources.map(({ kind, name }: Record<string, string>) => `${kind}:${name}`)).toEqual([
    'server:web-01',
    'taskserv:web-01/nginx',
  ]);
  expect(read.body.sizeBytes).toBe(Buffer.byteLength(JSON.stringify(read.body.content)));
  const before = await send('GET', `/v1/checkpoints/${empty.body.data}`);
  expect(before.body.changesSince).toBeGreaterThanOrEqual(2);
  expect(before.body.sizeBytes).toBeLessThan(read.body.sizeBytes);
  const listed = await send('GET', '/rollback/checkpoints');
  expect(listed.body.data[0]).toMatchObject({
    ...{ id: full.body.id, name: 'full', description: 'One server' },
    size: expect.stringMatching(/^\d+(\.\d)?(B|KB)$/),
  });
});

test('a preview names the changes in their order, what they pull in, and what the gate would say, and writes nothing', async () => {
  const { infra, servers } = await history();
  const counted = async () => (await admin`select count(*)::int as n from runs`)[0]?.n;
  const before = await counted();
  const preview = await post('/v1/rollbacks/preview', { operations: [servers] });
  expect(preview).toMatchObject({
    status: 200,
    body: {
      ...{ infras: [infra], possible: 2, impossible: 0, start: { outcome: 'accepted' } },
      steps: [
        { label: 'Remove nginx on web-01', because: expect.any(Number) },
        { label: 'Remove server web-01', warning: expect.stringContaining('disks') },
      ],
    },
  });
  expect(preview.body.steps[0].because).toBe(preview.body.steps[1].change);
  await admin`update connections set enabled = false where id = ${connectionId}`;
  const stuck = await post('/v1/rollbacks/preview', { operations: [servers] });
  await admin`update connections set enabled = true where id = ${connectionId}`;
  expect(stuck.body).toMatchObject({ possible: 0, impossible: 2 });
  expect(stuck.body.steps[0].problem).toContain('disabled');
  expect(stuck.body).not.toHaveProperty('start');
  expect(await counted()).toBe(before);
});

test('a rollback runs as a task and answers with its counts; a second one meanwhile is refused', async () => {
  const { service } = await history();
  const asked = { operation_ids: [service] };
  const first = post('/rollback/execute', asked);
  const active = () =>
    admin`select uid from runs where operation = 'provisioning_rollback' and finished_at is null`;
  await expect.poll(async () => (await active()).length).toBe(1);
  const second = await post('/rollback/execute', asked);
  expect(second).toMatchObject({ status: 409, body: { success: false, reason: { code: 'already_active' } } });
  const [run] = await active();
  await playRollback(String(run?.uid));
  const answer = await first;
  expect(answer.body).toMatchObject({
    success: true,
    data: { rollback_id: run?.uid, success: true, operations_executed: 1, operations_failed: 0 },
  });
  expect(answer.body.data.duration).toBeGreaterThan(0);
  expect((await send('GET', `/tasks/${run?.uid}`)).body.data).toMatchObject({
    ...{ name: 'provisioning_rollback', command: 'rollback', status: 'Completed' },
  });
  const again = await post('/rollback/execute', asked);
  expect(again).toMatchObject({ status: 409, body: { error: expect.stringContaining('nothing to undo') } });
});

test('a repeated request gets the first answer again when the rollback has ended, and another body under its key none', async () => {
  const { service } = await history();
  const key = { 'idempotency-key': uniqueName('key') };
  const body = { operations: [service], reason: 'The wrong zone.' };
  const first = await post('/v1/rollbacks', body, { headers: key });
  expect(first.status).toBe(201);
  await playRollback(first.body.run.uid);
  const again = await post('/v1/rollbacks', body, { headers: key });
  expect(again.body.run.uid).toBe(first.body.run.uid);
  expect([again.status, (await post('/v1/rollbacks', body)).status]).toEqual([first.status, 409]);
  const other = await post('/v1/rollbacks', { ...body, reason: 'Another.' }, { headers: key });
  expect(other.status).toBe(422);
});

test('a rollback that takes longer than anybody waits answers with the counts so far, and goes on', async () => {
  const { service } = await history();
  const answer = await post('/rollback/execute', { operation_ids: [service] });
  expect(answer.body).toMatchObject({ success: true, data: { success: false, operations_executed: 0 } });
  await playRollback(answer.body.data.rollback_id);
  expect((await send('GET', `/tasks/${answer.body.data.rollback_id}`)).body.data.status).toBe('Completed');
});

test('work on the infra keeps a rollback out until it has ended, and a native start says why in its own words', async () => {
  const { infra, service } = await history();
  await post('/workflows/servers/create', { infra, check_mode: true });
  const reason = 'The wrong service';
  const busy = await post('/v1/rollbacks', { operations: [service], reason });
  expect(busy).toMatchObject({
    status: 409,
    body: { code: 'scope_busy', holder: { operation: 'create_servers' } },
  });
});

test('exactly one of checkpoint and operations is taken, names are resolved strictly, and nothing foreign is found', async () => {
  const { service } = await history();
  const checkpoint = (await post('/rollback/checkpoints', { name: 'now' })).body.data;
  for (const body of [
    {},
    { checkpoint_id: checkpoint, operation_ids: [service] },
    { operation_ids: [] },
    { checkpoint_id: 'x' },
  ])
    expect((await post('/rollback/execute', body)).status).toBe(400);
  for (const body of [
    {},
    { checkpointId: checkpoint, operations: [service] },
    { operations: [service], colour: 'red' },
  ])
    expect((await post('/v1/rollbacks/preview', body)).status).toBe(400);
  const unknown = [
    crypto.randomUUID(),
    'no-such-operation',
    `${crypto.randomUUID()}/web`,
    '__proto__',
    '%',
    "' or 1=1",
  ];
  for (const name of unknown)
    expect((await post('/rollback/execute', { operation_ids: [name] })).status).toBe(404);
  expect((await post('/rollback/execute', { checkpoint_id: crypto.randomUUID() })).status).toBe(404);
  const other = await makeWorkspace(api.db);
  const foreign = { 'x-workspace-id': other.id };
  const as = other.members.owner;
  expect(
    (await post('/rollback/execute', { checkpoint_id: checkpoint }, { as, headers: foreign })).status,
  ).toBe(404);
  expect(
    (await post('/rollback/execute', { operation_ids: [service] }, { as, headers: foreign })).status,
  ).toBe(404);
  expect((await send('GET', `/v1/checkpoints/${checkpoint}`, { as, headers: foreign })).status).toBe(404);
  const viewer = { as: api.workspace.members.viewer };
  expect((await post('/rollback/execute', { operation_ids: [service] }, viewer)).status).toBe(403);
  expect((await post('/rollback/checkpoints', { name: 'mine' }, viewer)).status).toBe(403);
  expect((await post('/v1/rollbacks/preview', { operations: [service] }, viewer)).status).toBe(403);
  for (const name of ['', ' ', 'a\nb', 'x'.repeat(121)])
    expect((await post('/rollback/checkpoints', { name })).status).toBe(400);
});
