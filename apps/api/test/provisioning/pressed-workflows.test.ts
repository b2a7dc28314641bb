import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { advancePlan } from '@signalbox/db/commands/plan/advance-plan';
import { makeServerConnection, makeWorkspace, uniqueName } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { waitUntil } from '@signalbox/testing/wait-until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitForEnd } from '../../src/gate/wait-for-end.ts';
import { finished, playRun } from '../support/play-worker.ts';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let admin: ReturnType<typeof openAdmin>;
beforeAll(async () => {
  api = await startTestApi();
  admin = openAdmin(api.databaseUrl);
  await makeServerConnection(api.db, api.workspace.id, { provider: 'local' });
});
afterAll(async () => {
  await admin.end({ timeout: 5 });
  await api.close();
});

const settings = `provider = "local"
server_configs = [{ name = "web-01", plan = "small", zone = "local" }]
`;
const servers = '/workflows/servers/create';
const taskserv = '/workflows/taskserv/create';
const post = (path: string, body: unknown, call: Call = {}) =>
  api.call(path, { method: 'POST', as: api.workspace.members.operator, body, ...call });
const keyed = (key: string): Call => ({ headers: { 'idempotency-key': key } });

async function newInfra(text = settings, as = api.workspace.members.manager): Promise<string> {
  const name = uniqueName('infra');
  expect((await post('/v1/infras', { name, settings: text }, { as })).status).toBe(201);
  return name;
}

const runsOf = (infra: string) => admin<{ id: number; uid: string }[]>`
  select id::int, uid from runs where input ->> 'infra' = ${infra}`;

/** All that a refused workflow could leave behind. */
const traces = async () =>
  (
    await admin`select (select count(*) from runs) as runs, (select count(*) from scope_claims) as claims,
    (select count(*) from idempotency_keys) as answers, (select count(*) from graphile_worker._private_jobs) as jobs`
  )[0];

const statuses = (answers: readonly { readonly status: number }[]) =>
  answers.map(({ status }) => status).sort((a, b) => a - b);
const twelve = Array.from({ length: 12 }, (_, index) => index);

it('the same workflow asked for many times at once is one task', async () => {
  const infra = await newInfra();
  const answers = await Promise.all(twelve.map(() => post(servers, { infra })));
  expect(new Set(answers.map(({ body }) => body.data)).size).toBe(1);
  expect(statuses(answers)).toEqual(twelve.map(() => 200));
  expect(await runsOf(infra)).toHaveLength(1);
});

it('of different workflows on one infra at once, one begins and the others hear who holds it', async () => {
  const infra = await newInfra();
  const answers = await Promise.all(
    twelve.map((index) => post(taskserv, { operation: 'create', taskserv: `service-${index}`, infra })),
  );
  expect(statuses(answers)).toEqual([200, ...twelve.slice(1).map(() => 409)]);
  const [run] = await runsOf(infra);
  for (const { status, body } of answers)
    if (status === 409)
      expect(body).toMatchObject({
        ...{ success: false, error: expect.any(String), reason: { code: 'scope_busy' } },
        holder: { runId: run?.id },
      });
  expect(await runsOf(infra)).toHaveLength(1);
});

it('a key gives the first answer again, whatever has become of the settings; another body under it is refused', async () => {
  const infra = await newInfra();
  const key = uniqueName('key');
  const body = { operation: 'create', taskserv: 'nginx', infra };
  const first = await Promise.all(twelve.slice(0, 4).map(() => post(taskserv, body, keyed(key))));
  expect(new Set(first.map(({ body: said }) => said.data)).size).toBe(1);
  const [run] = await runsOf(infra);
  const played = await playRun(api.db, api.workspace.id, run?.id ?? 0);
  await played.write({ end: finished });
  const changed = await api.call(`/v1/infras/${infra}/settings`, {
    ...{
      method: 'PUT',
      as: api.workspace.members.manager,
      body: { settings: `${settings}taskservs = []\n` },
    },
  });
  expect(changed.status).toBe(200);
  expect((await post(taskserv, body, keyed(key))).body.data).toBe(first[0]?.body.data);
  expect((await post(taskserv, { ...body, operation: 'delete' }, keyed(key))).status).toBe(422);
  expect((await post(taskserv, body, keyed('k'.repeat(256)))).status).toBe(400);
  expect(await runsOf(infra)).toHaveLength(1);
  expect((await post(taskserv, body)).body.data).not.toBe(first[0]?.body.data);
});

it('of infras made at once under one name there is one, and its settings are those that were answered', async () => {
  const name = uniqueName('infra');
  const answers = await Promise.all(
    twelve.map((index) =>
      post(
        '/v1/infras',
        { name, settings: `provider = "local"\ntaskservs = ["service-${index}"]\n` },
        { as: api.workspace.members.manager },
      ),
    ),
  );
  expect(statuses(answers)).toEqual([201, ...twelve.slice(1).map(() => 409)]);
  const made = answers.find(({ status }) => status === 201);
  const read = await api.call(`/v1/infras/${name}`, { as: api.workspace.members.viewer });
  expect(read.body).toEqual(made?.body);
});

it('of settings given at once, those that stand are the ones of whoever is named', async () => {
  const infra = await newInfra();
  const { owner, manager } = api.workspace.members;
  const give = (as: typeof owner) =>
    api.call(`/v1/infras/${infra}/settings`, {
      ...{ method: 'PUT', as, body: { settings: `# ${as.username}\nprovider = "local"\n` } },
    });
  for (const _ of twelve.slice(0, 6)) {
    const answers = await Promise.all([give(owner), give(manager), give(owner), give(manager)]);
    expect(statuses(answers)).toEqual([200, 200, 200, 200]);
    const { body } = await api.call(`/v1/infras/${infra}`, { as: owner });
    expect(body.settings).toContain(`# ${body.settingsChangedBy}\n`);
  }
});

it('settings that are no file of the infra, or not understood, are refused, and nothing is made', async () => {
  const infra = await newInfra();
  const directory = join(api.infraRoot, api.workspace.id, infra);
  await mkdir(join(directory, 'sites'));
  await writeFile(join(directory, 'sites', 'berlin.k'), settings);
  await writeFile(join(directory, 'broken.k'), 'provider = "local"\nhook = $(id)\n');
  const before = await traces();
  const asked = [
    (path: unknown) => post(servers, { infra, settings: path }),
    (path: unknown) => post(taskserv, { operation: 'create', taskserv: 'nginx', infra, settings: path }),
    (path: unknown) =>
      post('/workflows/cluster/create', {
        operation: 'create',
        cluster_type: 'redis',
        infra,
        settings: path,
      }),
  ];
  const paths = [
    ...['../../etc/passwd', '/etc/shadow', 'a/../../b', '..\\', '%2e%2e', 'file:///etc/passwd', '/dev/zero'],
    ...['sites', '', 'x'.repeat(5_000), '-rf', '~', '$HOME', '$(id)', 'config.k\n', '.', '*'],
    ...['missing.k', null, 1, true, ['config.k'], { path: 'config.k' }],
  ];
  for (const ask of asked)
    for (const path of paths) {
      const { status, body } = await ask(path);
      expect([status, body.errors?.[0]?.pointer], JSON.stringify(path).slice(0, 80)).toEqual([
        400,
        '/settings',
      ]);
    }
  expect((await post(servers, { infra, settings: 'config.k\0' })).status).toBe(400);
  const broken = await post(servers, { infra, settings: 'broken.k' });
  expect(broken.body).toMatchObject({
    ...{ success: false, errors: [{ pointer: '/settings', detail: expect.stringMatching(/^Line 2: /) }] },
  });
  for (const wrong of [
    { wait: 'true' },
    { check_mode: 1 },
    { infra: [infra] },
    { infra: null },
    { wait: null },
  ])
    expect((await post(servers, { infra, ...wrong })).status, JSON.stringify(wrong)).toBe(400);
  expect(await traces()).toEqual(before);
  expect((await post(servers, { infra, settings: 'sites/berlin.k', unknown: 1 })).status).toBe(200);
});

it('an infra and a task of another workspace are answered as if there were none', async () => {
  const elsewhere = await makeWorkspace(api.db);
  await makeServerConnection(api.db, elsewhere.id, { provider: 'local' });
  const infra = await newInfra(settings, elsewhere.members.manager);
  const there = { as: elsewhere.members.operator };
  const task = (await post(servers, { infra }, there)).body.data;
  const said = ({ status, body }: { status: number; body: Record<string, unknown> }) => ({
    ...body,
    status,
    requestId: null,
  });
  expect(said(await post(servers, { infra }))).toEqual(
    said(await post(servers, { infra: uniqueName('none') })),
  );
  const unknown = await api.call(`/tasks/${crypto.randomUUID()}`, { as: api.workspace.members.owner });
  expect(unknown.status).toBe(404);
  expect(said(await api.call(`/tasks/${task}`, { as: api.workspace.members.owner }))).toEqual(said(unknown));
  const { body } = await api.call('/tasks?limit=1000', { as: api.workspace.members.owner });
  expect(body.data.map(({ id }: { id: string }) => id)).not.toContain(task);
  expect((await api.call(`/tasks/${task.toUpperCase()}`, there)).body.data.id).toBe(task);
});

it('a task shows the end of what it said, in whole lines, and no more than 64 KiB of it', async () => {
  const infra = await newInfra();
  const { data } = (await post(servers, { infra })).body;
  const [run] = await runsOf(infra);
  const played = await playRun(api.db, api.workspace.id, run?.id ?? 0);
  const log = (text: string) => ({ kind: 'log', level: 'info', step: null, text }) as const;
  for (const part of twelve.slice(0, 3))
    await played.write({ entries: [log(`begin ${part}\n${'grün 🚦 \n'.repeat(5_000)}`)] });
  await played.write({ entries: [log('the last line')] });
  const { output } = (await api.call(`/tasks/${data}`, { as: api.workspace.members.viewer })).body.data;
  expect(Buffer.byteLength(output)).toBeLessThanOrEqual(65_536);
  expect(Buffer.byteLength(output)).toBeGreaterThan(60_000);
  expect(output.startsWith('grün 🚦 \n')).toBe(true);
  expect(output.endsWith('grün 🚦 \nthe last line')).toBe(true);
  await played.write({ entries: [log(`${'🚦'.repeat(16_384)}a`)], end: finished });
  const long = (await api.call(`/tasks/${data}`, { as: api.workspace.members.viewer })).body.data.output;
  expect(long).toBe(`${'🚦'.repeat(16_383)}a`);
});

it('a task of a batch names the tasks that had to succeed before it', async () => {
  const name = uniqueName('infra');
  const operation = (id: string, ...dependencies: string[]) => ({
    ...{ id, type: 'server_batch', provider: 'local', dependencies },
    config: { server_configs: [{ name: id, plan: 'small', zone: 'local' }] },
  });
  const operations = [operation('a'), operation('b', 'a'), operation('c')];
  const { status } = await post('/v1/batches', { name, operations });
  expect(status).toBe(201);
  const [plan] = await admin`select id::int from plans where name = ${name}`;
  const place = { workspaceId: api.workspace.id, planId: Number(plan?.id) };
  await advancePlan(api.db, place);
  for (const { id } of await runsOf(name))
    await (await playRun(api.db, place.workspaceId, id)).write({ end: finished });
  await advancePlan(api.db, place);
  const known = await admin<{ key: string; uid: string }[]>`
    select i.key, r.uid from plan_items i join runs r on r.id = i.run_id where i.plan_id = ${place.planId}`;
  const uids = new Map(known.map(({ key, uid }) => [key, uid]));
  const { body } = await api.call('/tasks?limit=3', { as: api.workspace.members.viewer });
  const needs = new Map(
    body.data.map(({ id, dependencies }: { id: string; dependencies: string[] }) => [id, dependencies]),
  );
  expect([...uids.keys()].sort()).toEqual(['a', 'b', 'c']);
  expect(needs.get(uids.get('b'))).toEqual([uids.get('a')]);
  expect([needs.get(uids.get('a')), needs.get(uids.get('c'))]).toEqual([[], []]);
});

it('whoever stops waiting is waited for no longer', async () => {
  const infra = await newInfra();
  await post(servers, { infra });
  const [run] = await runsOf(infra);
  const gone = new AbortController();
  const asked = { workspaceId: api.workspace.id, runId: run?.id ?? 0, withinMs: 3_600_000 };
  const waiting = waitForEnd(api.db, asked, gone.signal);
  gone.abort();
  expect(await waiting).toMatchObject({ id: run?.id, finishedAt: null });
});

it('a server that is closed answers those who wait, and their task goes on', async () => {
  const closing = await startTestApi({ workflowWaitMs: 3_600_000 });
  const sql = openAdmin(closing.databaseUrl);
  await makeServerConnection(closing.db, closing.workspace.id, { provider: 'local' });
  const { manager } = closing.workspace.members;
  await closing.call('/v1/infras', { method: 'POST', as: manager, body: { name: 'demo', settings } });
  const waiting = closing.call(servers, { method: 'POST', as: manager, body: { infra: 'demo', wait: true } });
  await waitUntil('the run', async () => (await sql`select from runs where status = 'queued'`).length === 1);
  await sql.end({ timeout: 5 });
  await closing.close();
  expect(await waiting).toMatchObject({ status: 200, body: { success: true, data: expect.any(String) } });
});
