import { getBackupSet, listBackupSets } from '@signalbox/db/queries/backup/backup-sets';
import { listPreviews } from '@signalbox/db/queries/backup/restore-previews';
import { getConnection, listConnections } from '@signalbox/db/queries/connection/connections';
import { listPolicies } from '@signalbox/db/queries/inventory/policies';
import { getTenant, listTenants } from '@signalbox/db/queries/inventory/tenants';
import { getPlan, listPlans } from '@signalbox/db/queries/plan/plans';
import { activeRunHeads } from '@signalbox/db/queries/run/active-heads';
import { getRun, visibleRuns } from '@signalbox/db/queries/run/get-run';
import { listRuns } from '@signalbox/db/queries/run/list-runs';
import { runEventsOf } from '@signalbox/db/queries/run/run-parts';
import { makeWorkspace, type TestWorkspace } from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, grid, type Ids, makeThings } from '../support/grid.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

// Two walls stand between workspaces: what the API asks, and row-level security. Each holds without the other.
let api: TestApi;
let other: TestWorkspace;
let own: Ids;

beforeAll(async () => {
  api = await startTestApi();
  other = await makeWorkspace(api.db, 'ws-other');
  own = await makeThings(api);
});
afterAll(() => api.close());

describe('with the checks of the API left out', () => {
  it('the database still shows an outsider nothing', async () => {
    // As if every check had let this caller pass: entitled to all, with the ids of the other workspace.
    const principal = { ...api.workspace.members.owner, tenants: 'all' as const };
    const leaks = await api.db.inWorkspace(other.id, async (tx) => [
      await getRun(tx, principal, { id: own.run }),
      ...(await activeRunHeads(tx, [own.run])),
      await getRun(tx, principal, { uid: own.uid }),
      ...(await visibleRuns(tx, principal, [own.run])),
      ...(await listRuns(tx, principal, { filter: {}, cursor: null, limit: 10 })).items,
      ...(await runEventsOf(tx, own.run, { after: 0, limit: 10 })),
      await getTenant(tx, principal, { id: own.tenant }),
      await getTenant(tx, principal, { externalId: own.externalId }),
      ...(await listTenants(tx, principal, { after: null, limit: 10 })),
      await getConnection(tx, principal, own.connection),
      ...(await listConnections(tx, principal, { after: 0, limit: 10 })),
      await getBackupSet(tx, principal, own.set),
      ...(await listBackupSets(tx, principal, { before: null, limit: 10 })),
      ...(await listPreviews(tx, principal, { before: null, limit: 10 })),
      await getPlan(tx, principal, own.bulk),
      ...(await listPlans(tx, principal, { cursor: null, limit: 10 })),
      ...(await listPolicies(tx, own.tenant, { after: null, limit: 10 })),
    ]);
    expect(leaks.filter((leak) => leak !== null)).toEqual([]);
  });
});

describe('with row-level security switched off', () => {
  beforeAll(() =>
    withAdmin(api.databaseUrl, async (sql) => {
      const tables = await sql<{ name: string }[]>`
        select relname as name from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity`;
      for (const { name } of tables) await sql`alter table ${sql(name)} disable row level security`;
    }),
  );

  it.each(Object.keys(grid))('the API still shows an outsider nothing: %s', async (name) => {
    expect((await ask(api, name, { ids: own, as: other.members.owner })).status).toBe(404);
  });

  it.each(['runs', 'tenants', 'connections', 'backup-sets', 'restore-previews', 'bulk-actions'])(
    'the list of %s is empty to an outsider',
    async (list) => {
      expect((await api.call(`/v1/${list}`, { as: other.members.owner })).body.items).toEqual([]);
    },
  );
});
