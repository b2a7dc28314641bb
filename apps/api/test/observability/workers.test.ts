import { workerSeen, workerStopped } from '@signalbox/db/commands/observability/worker-registry';
import { members } from '@signalbox/db/schema/access';
import type { Person } from '@signalbox/domain/access/principal';
import { makeTenant, makeUser, makeWorkspace } from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { playRun } from '../support/play-worker.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  const seen = (poolId: string, name: string) =>
    workerSeen(api.db, { poolId, name, host: 'box', pid: 7, version: '1.0.0', slots: 4 });
  for (const name of ['played', 'silent', 'gone']) await seen(name, name);
  // A process that had to open its pool anew is one worker all the same.
  await seen('another pool', 'played');
  await workerStopped(api.db, 'gone');
  await withAdmin(
    api.databaseUrl,
    (sql) => sql`update workers set last_seen_at = now() - interval '91 seconds' where pool_id = 'silent'`,
  );
});
afterAll(() => api.close());

/** A viewer of the workspace who is entitled to no tenant. */
async function memberOfNothing(): Promise<Person> {
  const user = await makeUser(api.db, 'nobody');
  const workspaceId = api.workspace.id;
  await api.db.inWorkspace(workspaceId, ({ query }) =>
    query.insert(members).values({ workspaceId, userId: user.userId, role: 'viewer', allTenants: false }),
  );
  return { ...user, workspaceId, role: 'viewer', tenants: [] };
}

/** Starts a run and lets the worker `played` take it. */
async function running(as: Person): Promise<number> {
  const { tenantId } = await makeTenant(api.db, as.workspaceId);
  const body = { operation: 'snapshot_capture', tenantId };
  const started = await api.call('/v1/runs', { method: 'POST', as, body });
  const runId: number = started.body.run.id;
  await playRun(api.db, as.workspaceId, runId);
  return runId;
}

it('never takes a silent worker for alive, and tells a stopped one from both', async () => {
  const { body } = await api.call('/v1/workers', { as: api.workspace.members.viewer });
  expect(body.items.map(({ id, state }: { id: string; state: string }) => [id, state])).toEqual([
    ['played', 'alive'],
    ['silent', 'unknown'],
    ['gone', 'stopped'],
  ]);
  expect(body).toMatchObject({ alive: 1, slots: 4 });
});

it('shows what a worker does, but nothing of another workspace', async () => {
  const other = (await makeWorkspace(api.db)).members.operator;
  const own = await running(api.workspace.members.operator);
  const theirs = await running(other);
  const { body } = await api.call('/v1/workers', { as: api.workspace.members.viewer });
  expect(body.items[0].runs).toMatchObject([{ id: own, operationLabel: 'Capture policies' }]);
  const { body: elsewhere } = await api.call('/v1/workers', { as: other });
  expect(elsewhere.items[0].runs).toMatchObject([{ id: theirs }]);
  // A member without that tenant sees the worker, not the run.
  const partly = await api.call('/v1/workers', { as: await memberOfNothing() });
  expect(partly.body.items[0]).toMatchObject({ id: 'played', runs: [] });
});

it('refuses what it does not know', async () => {
  const { status } = await api.call('/v1/workers?state=alive', { as: api.workspace.members.viewer });
  expect(status).toBe(400);
});
