import { createBatch } from '@signalbox/db/commands/provisioning/create-batch';
import { getBatch } from '@signalbox/db/queries/provisioning/batch';
import { type BatchOperation, batchWork } from '@signalbox/domain/provisioning/batch-work';
import { waitUntil } from '@signalbox/testing/wait-until';
import { expect, test } from 'vitest';
import { openProvisioningBench, type Site } from './support.ts';
import { workUntil } from './work-until.ts';

const bench = await openProvisioningBench();

const operation = (
  id: string,
  type: BatchOperation['type'],
  more: Pick<BatchOperation, 'dependencies' | 'config'>,
): BatchOperation => ({ id, type, provider: 'upcloud', ...more });
const servers = (id: string, ...names: string[]) =>
  operation(id, 'server_batch', {
    dependencies: [],
    config: {
      server_configs: names.map((name) => ({
        name,
        plan: name === 'refused' ? 'no-such-plan' : '1xCPU-2GB',
        zone: 'de-fra1',
      })),
    },
  });
const services = (id: string, dependencies: string[], ...taskservs: string[]) =>
  operation(id, 'taskserv_batch', { dependencies, config: { taskservs } });

async function submit(
  { workspace, infra }: Site,
  operations: readonly BatchOperation[],
  wishes: { readonly parallelLimit?: number; readonly rollbackEnabled?: boolean } = {},
): Promise<string> {
  const { parallelLimit = 5, rollbackEnabled = false } = wishes;
  const made = await createBatch(bench.db, workspace.members.operator, {
    order: {
      ...{
        name: infra,
        version: '1.0.0',
        storageBackend: 'filesystem',
        parallelLimit,
        rollbackEnabled,
      },
      ...{ works: batchWork(infra, operations), ownInfra: infra, parentPlanId: null, requestId: null },
    },
    idempotency: null,
  });
  if (made.kind !== 'made') throw new Error(`Not admitted: ${JSON.stringify(made)}`);
  return made.made.uid;
}

const ended = ({ workspace }: Site, uid: string) =>
  waitUntil('the batch to end', () => bench.db.inWorkspace(workspace.id, (tx) => getBatch(tx, uid)), {
    until: (batch) => batch !== null && batch.status !== 'working',
    timeoutMs: 30_000,
  });

/** The most runs of a workspace that were under way at one moment, from the times that were recorded. */
async function mostAtOnce({ workspace }: Site): Promise<number> {
  const [row] = await bench.sql`select max((select count(*) from runs o where o.workspace_id = r.workspace_id
      and o.created_at <= r.created_at and o.finished_at > r.created_at))::int as most
    from runs r where r.workspace_id = ${workspace.id}`;
  return Number(row?.most);
}

test('a batch makes its servers and what goes onto them, in order, and never more at once than its limit', async () => {
  const site = await bench.site();
  await Promise.all([bench.worker(), bench.worker()]);
  const makers = ['a', 'b', 'c', 'd', 'e', 'f'];
  const uid = await submit(
    site,
    [
      ...makers.map((id) => servers(id, `web-${id}`)),
      services('nginx', ['a', 'b'], 'nginx'),
      operation('main', 'cluster_batch', {
        dependencies: ['nginx'],
        config: { clusters: [{ name: 'main', type: 'redis', size: 2 }] },
      }),
    ],
    { parallelLimit: 2 },
  );
  const batch = await ended(site, uid);
  expect(batch).toMatchObject({ status: 'completed', counts: { completed: 8 } });
  expect(await mostAtOnce(site)).toBe(2);
  const standing = await bench.standing(site);
  expect(standing.filter((name) => name.endsWith('/nginx'))).toEqual([
    'taskserv:web-a/nginx',
    'taskserv:web-b/nginx',
  ]);
  expect(standing).toContain('cluster:main');
  expect(await bench.sql`select from scope_claims where workspace_id = ${site.workspace.id}`).toHaveLength(0);
});

test('what the provider refuses fails its operation alone, and what stands behind it is left out', async () => {
  const site = await bench.site();
  await bench.worker();
  await bench.control.changeSettings({ brokenTitles: ['bad'] });
  const uid = await submit(site, [
    servers('good', 'good'),
    servers('broken', 'bad'),
    services('onGood', ['good'], 'nginx'),
    services('onBad', ['broken'], 'nginx'),
  ]);
  const batch = await ended(site, uid);
  expect(batch?.status).toBe('failed');
  expect(batch?.items.map(({ key, status, because }) => [key, status, because])).toEqual([
    ['good', 'done', null],
    ['broken', 'failed', null],
    ['onGood', 'done', null],
    ['onBad', 'skipped', 'broken'],
  ]);
});

const undone = async (site: Site, uid: string) => {
  const batch = await ended(site, uid);
  expect(batch).toMatchObject({ status: 'failed', undoProblem: null });
  expect(await bench.standing(site)).toEqual([]);
  expect(await bench.control.servers()).toEqual([]);
  const left = await bench.sql`select from resource_changes
    where workspace_id = ${site.workspace.id} and undone_by_run_id is null`;
  expect(left).toHaveLength(0);
  expect(await bench.sql`select from scope_claims where workspace_id = ${site.workspace.id}`).toHaveLength(0);
  return batch;
};

test('a batch that fails takes back all that it has done, also what the failed operation had done by then', async () => {
  const site = await bench.site();
  await bench.worker();
  const uid = await submit(
    site,
    [
      servers('first', 'web-a'),
      services('on', ['first'], 'nginx'),
      operation('half', 'server_batch', { ...servers('half', 'good', 'refused'), dependencies: ['on'] }),
      services('never', ['half'], 'nginx'),
    ],
    { rollbackEnabled: true },
  );
  const batch = await undone(site, uid);
  expect(batch?.undoRun).toMatchObject({ status: 'succeeded' });
  expect(batch?.items.map(({ key, status, changes }) => [key, status, changes])).toEqual([
    ['first', 'done', { total: 1, undone: 1 }],
    ['on', 'done', { total: 1, undone: 1 }],
    ['half', 'failed', { total: 1, undone: 1 }],
    ['never', 'skipped', { total: 0, undone: 0 }],
  ]);
});

test('a worker that is killed while a batch is undone is followed by one that undoes the rest', async () => {
  const site = await bench.site();
  const all = ['web-a', 'web-b', 'web-c'];
  const uid = await submit(
    site,
    [
      servers('all', ...all),
      operation('bad', 'server_batch', { ...servers('bad', 'refused'), dependencies: ['all'] }),
    ],
    { rollbackEnabled: true },
  );
  await workUntil(bench, 'a change is undone', async () => {
    const rows = await bench.sql`select from resource_changes
      where workspace_id = ${site.workspace.id} and undone_by_run_id is not null`;
    return rows.length > 0;
  });
  await bench.worker({ leaseMs: 3_000 });
  await undone(site, uid);
  const undoing = await bench.sql`select from runs
    where workspace_id = ${site.workspace.id} and operation = 'provisioning_rollback'`;
  expect(undoing).toHaveLength(1);
});

const runsOf = async ({ workspace }: Site) =>
  bench.sql`select status from runs where workspace_id = ${workspace.id}`;

test.each([
  ['has begun the first operations', async (site: Site) => (await runsOf(site)).length >= 2],
  ['is at what depends on others', async (site: Site) => (await runsOf(site)).length >= 3],
])(
  'a worker that is killed when it %s is followed by one that does the rest, and nothing twice',
  async (what, isSo) => {
    const site = await bench.site();
    await bench.control.changeSettings({ createMs: 300 });
    const uid = await submit(site, [
      servers('a', 'web-a'),
      servers('b', 'web-b'),
      services('on', ['a', 'b'], 'nginx'),
    ]);
    await workUntil(bench, what, () => isSo(site));
    await bench.worker({ leaseMs: 3_000 });
    expect(await ended(site, uid)).toMatchObject({ status: 'completed' });
    expect(await runsOf(site)).toHaveLength(3);
    const titles = (await bench.control.servers()).map(({ title }) => title);
    expect(titles.toSorted()).toEqual(['web-a', 'web-b']);
    const changes = await bench.changes(site);
    expect(changes).toHaveLength(4);
    expect(new Set(changes).size).toBe(4);
  },
);
