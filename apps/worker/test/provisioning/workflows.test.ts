import { demoUpcloudAccount } from '@signalbox/emulators/upcloud/start';
import { makeServerConnection } from '@signalbox/testing/fixtures/workspace';
import { expect, test } from 'vitest';
import { OperationFailure } from '../../src/operations/failures.ts';
import { provisioningOperations } from '../../src/operations/provisioning/provisioning-operations.ts';
import { openProvisioningBench, web } from './support.ts';

const bench = await openProvisioningBench();
const second = { ...web, name: 'web-02' };

test('servers are made and kept with their change, and asking again changes nothing', async () => {
  await bench.worker();
  const site = await bench.site();
  const servers = [web, second];
  const run = await bench.run(site, 'create_servers', { servers });
  expect(run).toMatchObject({ status: 'succeeded', total: 2, succeeded: 2, progress: 1 });
  expect(await bench.standing(site)).toEqual(['server:web-01', 'server:web-02']);
  expect(await bench.control.servers()).toHaveLength(2);
  const again = await bench.run(site, 'create_servers', { servers });
  expect(again).toMatchObject({ status: 'succeeded', succeeded: 2 });
  expect(await bench.control.servers()).toHaveLength(2);
  const changes = await bench.changes(site);
  expect(changes.sort()).toEqual(['create server:web-01', 'create server:web-02']);
});

test('a check says what would be done and what would be refused, and writes nothing anywhere', async () => {
  await bench.worker();
  const site = await bench.site();
  const servers = [web, { ...second, plan: 'no-such-plan' }];
  const run = await bench.run(site, 'create_servers', { servers, checkMode: true });
  expect(run).toMatchObject({ status: 'partial', output: { check: true, units: 2 } });
  expect(await bench.items(Number(run.id))).toMatchObject([
    { key: 'server:web-01', outcome: 'succeeded', detail: { would: 'create' } },
    { key: 'server:web-02', outcome: 'failed', error: { code: 'provider_refused' } },
  ]);
  expect(await bench.log(Number(run.id))).toContain('Create server web-01: would be done.');
  const install = await bench.run(site, 'create_cluster', {
    clusters: [{ name: 'main', type: 'redis', size: 2 }],
    checkMode: true,
  });
  expect(install).toMatchObject({ status: 'succeeded', total: 5 });
  expect(await bench.control.servers()).toHaveLength(0);
  expect(await bench.standing(site)).toEqual([]);
  expect(await bench.changes(site)).toEqual([]);
});

test('a task service is installed on every server, configured, restarted and removed again', async () => {
  await bench.worker();
  const site = await bench.site();
  await bench.run(site, 'create_servers', { servers: [web, second] });
  const both = ['taskserv:web-01/nginx', 'taskserv:web-02/nginx'];
  const made = await bench.run(site, 'create_taskserv', { taskservs: ['nginx'] });
  expect(made).toMatchObject({ status: 'succeeded', total: 2 });
  expect(await bench.standing(site)).toEqual(['server:web-01', 'server:web-02', ...both]);
  expect(await bench.log(Number(made.id))).toContain('web-01: ');
  for (const operation of ['configure_taskserv', 'restart_taskserv'] as const)
    expect(await bench.run(site, operation, { taskservs: ['nginx'] })).toMatchObject({ status: 'succeeded' });
  const cluster = { name: 'odd', type: 'no-such-type', size: 2 };
  const before = await bench.standing(site);
  expect(await bench.run(site, 'create_cluster', { clusters: [cluster] })).toMatchObject({
    status: 'failed',
  });
  expect(await bench.standing(site)).toEqual(before);
  const unknown = await bench.run(site, 'create_taskserv', { taskservs: ['no-such-service'] });
  expect(unknown).toMatchObject({ status: 'failed', failed: 2 });
  const gone = await bench.run(site, 'delete_taskserv', { taskservs: ['nginx'] });
  expect(gone).toMatchObject({ status: 'succeeded', total: 2 });
  expect(await bench.standing(site)).toEqual(['server:web-01', 'server:web-02']);
  const none = await bench.run(site, 'restart_taskserv', { taskservs: ['nginx'] });
  expect(none).toMatchObject({ status: 'failed', safe_error: { code: 'not_found' } });
});

test('a cluster is made with its services, scaled both ways, upgraded server by server, and removed', async () => {
  await bench.worker();
  const site = await bench.site();
  const clusters = (size: number) => [{ name: 'main', type: 'kubernetes', size }];
  const made = await bench.run(site, 'create_cluster', { clusters: clusters(2) });
  expect(made).toMatchObject({ status: 'succeeded', total: 2 + 4 + 1 });
  const grown = await bench.run(site, 'scale_cluster', { clusters: clusters(3) });
  expect(grown).toMatchObject({ status: 'succeeded', total: 1 + 2 + 1 });
  expect(await bench.standing(site)).toContain('taskserv:main-3/cilium');
  const upgraded = await bench.run(site, 'upgrade_cluster', { clusters: clusters(3) });
  expect(upgraded).toMatchObject({ status: 'succeeded', total: 6 });
  const shrunk = await bench.run(site, 'scale_cluster', { clusters: clusters(1) });
  expect(shrunk).toMatchObject({ status: 'succeeded' });
  expect((await bench.control.servers()).map(({ title }) => title)).toHaveLength(1);
  const gone = await bench.run(site, 'delete_cluster', { clusters: clusters(1) });
  expect(gone).toMatchObject({ status: 'succeeded' });
  expect(await bench.standing(site)).toEqual([]);
  expect(await bench.control.servers()).toEqual([]);
  const changes = await bench.changes(site);
  expect(changes.filter((change) => change.startsWith('create'))).toHaveLength(
    changes.filter((change) => change.startsWith('delete')).length,
  );
});

test('what one server cannot have fails it alone, and what needs that server is skipped and says so', async () => {
  await bench.worker();
  const site = await bench.site();
  await bench.control.changeSettings({ brokenTitles: ['main-2'], errorMs: 100 });
  const run = await bench.run(site, 'create_cluster', {
    clusters: [{ name: 'main', type: 'redis', size: 2 }],
  });
  expect(run).toMatchObject({ status: 'partial', succeeded: 2, failed: 1, skipped: 2 });
  const items = await bench.items(Number(run.id));
  expect(items.map(({ key, outcome }) => `${key} ${outcome}`)).toEqual([
    'server:main-1 succeeded',
    'server:main-2 failed',
    'taskserv:main-1/redis succeeded',
    'taskserv:main-2/redis skipped',
    'cluster:main skipped',
  ]);
  expect(items[3]?.error).toMatchObject({
    code: 'earlier_failed',
    message: expect.stringContaining('main-2'),
  });
  expect(await bench.standing(site)).toEqual(['server:main-1', 'taskserv:main-1/redis']);
  // Nor is it left at the provider, where nobody would find it any more.
  expect((await bench.control.servers()).map(({ title }) => title)).toEqual(['main-1']);
});

test('a cancel ends the work where it stands; what was made before is kept and logged', async () => {
  await bench.worker();
  const site = await bench.site();
  await bench.control.changeSettings({ createMs: 60_000 });
  const runId = await bench.start(site, 'create_servers', { servers: [web] });
  await expect.poll(() => bench.control.servers()).toHaveLength(1);
  await bench.cancel(site, runId);
  expect(await bench.ended(runId)).toMatchObject({ status: 'cancelled' });
  expect(await bench.sql`select from scope_claims where workspace_id = ${site.workspace.id}`).toHaveLength(0);
  expect(await bench.standing(site)).toEqual([]);
});

test('a server that stands through another connection is neither made over it nor called gone', async () => {
  await bench.worker();
  const site = await bench.site();
  await bench.run(site, 'create_cluster', { clusters: [{ name: 'main', type: 'redis', size: 1 }] });
  const { id } = site.workspace;
  const other = await makeServerConnection(bench.db, id, { provider: 'local' });
  await bench.sql`update resources set connection_id = ${other}, provider = 'local'
    where workspace_id = ${id} and kind = 'server'`;
  const asked = { servers: [{ ...web, name: 'main-1' }, web] };
  const checked = await bench.run(site, 'create_servers', { ...asked, checkMode: true });
  const made = await bench.run(site, 'create_servers', asked);
  for (const run of [checked, made]) {
    expect(run).toMatchObject({ status: 'partial', succeeded: 1, failed: 1 });
    const refused = (await bench.items(Number(run.id))).find(({ key }) => key === 'server:main-1');
    expect(refused?.error).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('stands at local'),
    });
  }
  const removed = await bench.run(site, 'delete_cluster', {
    clusters: [{ name: 'main', type: 'redis', size: 1 }],
  });
  expect(removed).toMatchObject({ status: 'partial', failed: 1, skipped: 1 });
  expect(await bench.standing(site)).toEqual(['cluster:main', 'server:main-1', 'server:web-01']);
  expect(await bench.control.servers()).toHaveLength(2);
});

test('a server that does not answer keeps the others from nothing, and is what failed in the end', async () => {
  const { settings } = bench;
  const openTransport: typeof settings.openTransport = (address, access) => {
    if (address?.includes('web-01') !== true) return settings.openTransport(address, access);
    const error = { code: 'provider_unavailable', message: 'web-01 does not answer.' } as const;
    throw new OperationFailure(error, true);
  };
  const operations = provisioningOperations({ ...settings, openTransport });
  await bench.worker({
    operations: operations.map((each) => ({ ...each, retry: { ...each.retry, baseMs: 1, capMs: 1 } })),
  });
  const site = await bench.site();
  const servers = ['web-01', 'web-02', 'web-03', 'web-04', 'web-05'].map((name) => ({ ...web, name }));
  await bench.run(site, 'create_servers', { servers });
  await bench.sql`update resources set state = jsonb_set(state, '{address}', to_jsonb(state ->> 'address' || '?web-01'))
    where workspace_id = ${site.workspace.id} and name = 'web-01'`;
  const run = await bench.run(site, 'create_taskserv', { taskservs: ['nginx'] });
  expect(run).toMatchObject({ status: 'partial', succeeded: 4, failed: 1 });
  const failed = (await bench.items(Number(run.id))).filter(({ outcome }) => outcome === 'failed');
  expect(failed).toMatchObject([
    { key: 'taskserv:web-01/nginx', error: { message: 'web-01 does not answer.' } },
  ]);
});

test('a worker without the program gives the run back, and one that has it does it, on the first try', async () => {
  const { settings, sql } = bench;
  const lack = async (): Promise<never> => {
    throw new OperationFailure({ code: 'tool_missing', message: 'It is not installed here.' }, false);
  };
  const lacking = {
    ...settings,
    openProvider: () => ({ look: lack, plan: lack, create: lack, remove: lack }),
  };
  // What the registry says of it stands for another worker that has the program.
  const first = await bench.worker({ operations: provisioningOperations(lacking), tools: ['terraform'] });
  const upcloud = await bench.site();
  const { id } = upcloud.workspace;
  await makeServerConnection(bench.db, id, { provider: 'terraform' });
  const runId = await bench.start({ ...upcloud, provider: 'terraform' }, 'create_servers', {
    servers: [web],
  });
  await expect
    .poll(
      async () => {
        const rows = await sql`select from run_events where run_id = ${runId} and data ->> 'to' = 'queued'`;
        return rows.length;
      },
      { timeout: 10_000 },
    )
    .toBeGreaterThan(1);
  await first.stop();
  const { username, password } = demoUpcloudAccount;
  const openProvider: typeof settings.openProvider = (access, workspace) =>
    settings.openProvider({ ...access, settings: { account: username }, secret: password }, workspace);
  await bench.worker({
    operations: provisioningOperations({ ...settings, openProvider }),
    tools: ['terraform'],
  });
  expect(await bench.ended(runId)).toMatchObject({ status: 'succeeded', attempt: 1 });
});

test('two kinds of work on one infra exclude each other, and on two infras they do not', async () => {
  const site = await bench.site();
  await bench.sql`insert into infras (workspace_id, name, created_by) values (${site.workspace.id}, 'other', 'test')`;
  await bench.start(site, 'create_servers', { servers: [web] });
  await expect(bench.start(site, 'create_taskserv', { taskservs: ['nginx'] })).rejects.toThrow(/scope_busy/);
  await bench.start({ ...site, infra: 'other' }, 'create_servers', { servers: [web] });
});
