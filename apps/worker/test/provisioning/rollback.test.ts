import { createCheckpoint } from '@signalbox/db/commands/provisioning/create-checkpoint';
import { rollbackNow } from '@signalbox/db/queries/provisioning/plan-rollback';
import type { RollbackTarget } from '@signalbox/domain/provisioning/rollback-plan';
import { makeServerConnection } from '@signalbox/testing/fixtures/workspace';
import { expect, test } from 'vitest';
import { openProvisioningBench, type Site, web } from './support.ts';
import { workUntil } from './work-until.ts';

const bench = await openProvisioningBench();
const second = { ...web, name: 'web-02' };

/** The input of a rollback as it is resolved at admission. */
async function planned({ workspace }: Site, target: RollbackTarget) {
  const steps = await bench.db.inWorkspace(workspace.id, (tx) => rollbackNow(tx, target));
  if (steps === 'too_many') throw new Error('There is too much to undo.');
  const infras = [...new Set(steps.map(({ change }) => change.infra))];
  return { target, changes: steps.map(({ change }) => change.seq), infras };
}

const start = async (site: Site, target: RollbackTarget): Promise<number> =>
  bench.startBare(site, 'provisioning_rollback', await planned(site, target));

async function checkpoint({ workspace }: Site): Promise<number> {
  const asked = { name: 'before', description: null, idempotency: null, requestId: null };
  const made = await createCheckpoint(bench.db, workspace.members.operator, asked);
  if (made.kind !== 'made') throw new Error('The checkpoint was not made.');
  return made.made.changeSeq;
}

const titles = async (): Promise<string[]> =>
  (await bench.control.servers()).map(({ title }) => title).sort();

test('going back to a checkpoint gives back what stood then, outside and in what is kept', async () => {
  await bench.worker();
  const site = await bench.site();
  await bench.run(site, 'create_servers', { servers: [web] });
  await bench.run(site, 'create_taskserv', { taskservs: ['nginx'] });
  const afterSeq = await checkpoint(site);
  const before = await bench.standing(site);
  await bench.run(site, 'delete_taskserv', { taskservs: ['nginx'] });
  await bench.run(site, 'create_cluster', { clusters: [{ name: 'main', type: 'redis', size: 2 }] });
  expect(await titles()).toEqual(['main-1', 'main-2', 'web-01']);
  const runId = await start(site, { kind: 'checkpoint', afterSeq });
  const run = await bench.ended(runId);
  expect(run).toMatchObject({ status: 'succeeded', total: 6, succeeded: 6 });
  expect(await bench.standing(site)).toEqual(before);
  expect(await titles()).toEqual(['web-01']);
  const restarted = await bench.run(site, 'restart_taskserv', { taskservs: ['nginx'] });
  expect(restarted).toMatchObject({ status: 'succeeded', total: 1 });
  const left = await bench.sql`select seq from resource_changes
    where workspace_id = ${site.workspace.id} and seq > ${afterSeq} and undone_by_run_id is null`;
  expect(left).toEqual([]);
});

test('a change that comes between the plan and the run undoes nothing', async () => {
  const site = await bench.site();
  await bench.worker();
  await bench.run(site, 'create_servers', { servers: [web] });
  const input = await planned(site, { kind: 'checkpoint', afterSeq: 0 });
  await bench.run(site, 'create_servers', { servers: [second] });
  const runId = await bench.startBare(site, 'provisioning_rollback', input);
  expect(await bench.ended(runId)).toMatchObject({ status: 'failed', safe_error: { code: 'conflict' } });
  expect(await titles()).toEqual(['web-01', 'web-02']);
});

test('what fails to be undone keeps what it rests on, and the rest is undone all the same', async () => {
  await bench.worker();
  const site = await bench.site();
  await bench.run(site, 'create_servers', { servers: [web, second] });
  await bench.run(site, 'create_taskserv', { taskservs: ['nginx'] });
  // A server whose way in is lost: its service cannot be taken off it.
  await bench.sql`update resources set state = jsonb_set(state, '{address}', '"local:/nowhere"')
    where workspace_id = ${site.workspace.id} and name = 'web-01'`;
  const runId = await start(site, { kind: 'checkpoint', afterSeq: 0 });
  expect(await bench.ended(runId)).toMatchObject({ status: 'partial', succeeded: 2, failed: 1, skipped: 1 });
  expect(await bench.standing(site)).toEqual(['server:web-01', 'taskserv:web-01/nginx']);
  expect(await titles()).toEqual(['web-01']);
});

test('what one connection refuses keeps nothing from being undone through another', async () => {
  await bench.worker();
  const site = await bench.site();
  await bench.run(site, 'create_servers', { servers: [web, second] });
  const { id } = site.workspace;
  const refused = await makeServerConnection(bench.db, id, {
    ...{ provider: 'upcloud', settings: { account: 'nobody' }, secret: 'wrong' },
  });
  await bench.sql`update resources set connection_id = ${refused} where workspace_id = ${id} and name = 'web-02'`;
  const run = await bench.ended(await start(site, { kind: 'checkpoint', afterSeq: 0 }));
  expect(run).toMatchObject({ status: 'partial', succeeded: 1, failed: 1, skipped: 0 });
  expect(await titles()).toEqual(['web-02']);
});

test('a worker that is killed while it undoes is followed by one that undoes the rest, each change once', async () => {
  const site = await bench.site();
  const worker = await bench.worker();
  await bench.run(site, 'create_cluster', { clusters: [{ name: 'main', type: 'redis', size: 3 }] });
  await worker.stop();
  const runId = await start(site, { kind: 'checkpoint', afterSeq: 0 });
  const undone = async (): Promise<boolean> => {
    const rows = await bench.sql`select from resource_changes
      where workspace_id = ${site.workspace.id} and undone_by_run_id is not null`;
    return rows.length >= 3;
  };
  await workUntil(bench, 'three changes are undone', undone);
  await bench.worker({ leaseMs: 3_000 });
  expect(await bench.ended(runId)).toMatchObject({ status: 'succeeded', succeeded: 7, lease_epoch: 2 });
  expect(await titles()).toEqual([]);
  expect(await bench.standing(site)).toEqual([]);
});
