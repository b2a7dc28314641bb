import { expect, test } from 'vitest';
import { openCommandRuntime } from '../../src/process/command-runtime.ts';
import { openProvisioningBench, type Site } from './support.ts';
import { workUntil } from './work-until.ts';

const bench = await openProvisioningBench();
const made = async (): Promise<number> => (await bench.control.servers()).length;
const standing = async (site: Site, kind: string): Promise<number> =>
  (await bench.standing(site)).filter((name) => name.startsWith(kind)).length;

test.each([
  ['has asked for the first server', (_: Site) => made().then((count) => count >= 1)],
  [
    'has written down the first server',
    (site: Site) => standing(site, 'server:').then((count) => count >= 1),
  ],
  ['has installed a task service', (site: Site) => standing(site, 'taskserv:').then((count) => count >= 1)],
])(
  'a worker that is killed when it %s is followed by one that does the rest, and nothing twice',
  async (what, isSo) => {
    const site = await bench.site();
    await bench.control.changeSettings({ createMs: 400 });
    const runId = await bench.start(site, 'create_cluster', {
      clusters: [{ name: 'main', type: 'redis', size: 3 }],
    });
    await workUntil(bench, what, () => isSo(site));
    await bench.worker({ leaseMs: 3_000 });
    expect(await bench.ended(runId)).toMatchObject({ status: 'succeeded', succeeded: 7, lease_epoch: 2 });
    const servers = await bench.control.servers();
    expect(servers.map(({ title }) => title).sort()).toEqual(['main-1', 'main-2', 'main-3']);
    const changes = await bench.changes(site);
    expect(changes).toHaveLength(7);
    expect(new Set(changes).size).toBe(7);
    const seqs =
      await bench.sql`select seq from resource_changes where workspace_id = ${site.workspace.id} order by 1`;
    expect(seqs.map(({ seq }) => Number(seq))).toEqual([1, 2, 3, 4, 5, 6, 7]);
  },
);

test('a worker says how it contains the commands it runs', async () => {
  const told = () => bench.sql`select distinct containment from workers where containment is not null`;
  await workUntil(bench, 'the registry to know', () => told().then((rows) => rows.length > 0));
  const { containment } = await openCommandRuntime({ path: process.env.PATH ?? '' });
  expect(await told()).toEqual([{ containment: containment.kind }]);
});
