import type { WorkspaceTransaction } from '@signalbox/db/client/database';
import { chosenRuns } from '@signalbox/db/queries/plan/chosen-runs';
import { countByStatus, countMeant } from '@signalbox/db/queries/run/count-runs';
import { listRuns, type RunCursor } from '@signalbox/db/queries/run/list-runs';
import type { RunFilter } from '@signalbox/db/queries/run/run-filter';
import { makeTenant, makeWorkspace, type TestWorkspace } from '@signalbox/testing/fixtures/workspace';
import { insertManyRuns } from '@signalbox/testing/run/insert-many-runs';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase } from '../gate/gate-database.ts';

const many = 20_000;
let gate: GateDatabase;
let workspace: TestWorkspace;
/** A tenant, and its connection, with few of the many runs. */
let quiet: { tenantId: number; connectionId: number };

beforeAll(async () => {
  gate = await openGateDatabase();
  workspace = await makeWorkspace(gate.db);
  const crowded = await makeTenant(gate.db, workspace.id);
  quiet = await makeTenant(gate.db, workspace.id);
  const place = { workspaceId: workspace.id };
  await insertManyRuns(gate.admin, { ...place, tenantId: crowded.tenantId, count: many });
  await insertManyRuns(gate.admin, { ...place, tenantId: quiet.tenantId, count: 30, by: 'ada' });
  await gate.admin`update runs set codename = 'amber-viaduct' where initiator_name = 'ada'`;
  // A second workspace as large as the first, which none of this may read.
  const other = await makeWorkspace(gate.db);
  const theirs = await makeTenant(gate.db, other.id);
  await insertManyRuns(gate.admin, { workspaceId: other.id, tenantId: theirs.tenantId, count: many });
});
afterAll(() => gate.close());

/** What of the table of runs was read for some work: whole readings of it, and rows fetched by an index. */
async function readBy(
  work: (tx: WorkspaceTransaction) => Promise<unknown>,
): Promise<{ readonly whole: number; readonly rows: number }> {
  return gate.db.inWorkspace(workspace.id, async (tx) => {
    const read = async () => {
      const [row] = await tx.query.execute<{ whole: string; rows: string }>(
        sql`select seq_scan as whole, idx_tup_fetch as rows from pg_stat_xact_user_tables where relname = 'runs'`,
      );
      return { whole: Number(row?.whole), rows: Number(row?.rows) };
    };
    const before = await read();
    await work(tx);
    const after = await read();
    return { whole: after.whole - before.whole, rows: after.rows - before.rows };
  });
}

const list = (filter: RunFilter, cursor: RunCursor | null = null) =>
  readBy((tx) => listRuns(tx, workspace.members.viewer, { filter, cursor, limit: 50 }));

/** Filters that have an index of their own, with how many rows a page of 50 may cost. */
const indexed: readonly (readonly [string, () => RunFilter, number])[] = [
  ['nothing', () => ({}), 200],
  ['a common status', () => ({ statuses: ['succeeded'] }), 200],
  ['a rare status', () => ({ statuses: ['partial'] }), 200],
  ['a status no run has', () => ({ statuses: ['vetoed'] }), 10],
  ['a small tenant', () => ({ tenantId: quiet.tenantId }), 200],
  ['the connection of a small tenant', () => ({ connectionId: quiet.connectionId }), 200],
  ['who started it', () => ({ initiator: { username: 'ada' } }), 200],
  ['nobody who started anything', () => ({ initiator: { username: 'nobody' } }), 10],
  ['a codename', () => ({ named: { codename: 'amber-viaduct' } }), 200],
  ['an id', () => ({ named: { id: 5 } }), 10],
  ['a range of an hour', () => ({ createdAfter: new Date(Date.now() - 3_601_000) }), 200],
  ['what ended a moment ago', () => ({ endedAfter: new Date(Date.now() - 10_000) }), 200],
  // Those that did not succeed, and no other.
  ['why it failed', () => ({ reason: 'provider_refused' }), many / 5],
];

test.each(indexed)('a page narrowed by %s reads an index and few rows', async (_name, filter, most) => {
  const read = await list(filter());
  expect(read.whole).toBe(0);
  expect(read.rows).toBeLessThanOrEqual(most);
});

test('the last page costs what the first one does, either way', async () => {
  const end = new Date(Date.now() - (3_600 + many - 100) * 1_000).toISOString();
  const first = await list({});
  for (const toward of ['older', 'newer'] as const) {
    const deep = await list({}, { createdAt: end, id: 1, toward });
    expect(deep.whole).toBe(0);
    expect(deep.rows).toBeLessThanOrEqual(first.rows + 20);
  }
});

test('the counts stop at their caps instead of reading everything', async () => {
  const { viewer } = workspace.members;
  const counted = await readBy((tx) => countByStatus(tx, viewer, { filter: {}, cap: 100 }));
  expect(counted.whole).toBe(0);
  expect(counted.rows).toBeLessThanOrEqual(400);
  const meant = await readBy((tx) => countMeant(tx, viewer, {}));
  expect(meant.whole).toBe(0);
  expect(meant.rows).toBeLessThanOrEqual(1_200);
});

test('no filter at all reads another workspace, however its runs lie between', async () => {
  const all: RunFilter[] = [
    // Row-level security keeps the planner from an index on what is inside an array.
    { tag: 'rare' },
    { operations: ['restore_execute'] },
    { statuses: ['failed', 'partial'], tag: 'nowhere' },
    { parentRunId: 1 },
    { endedBefore: new Date(0) },
    { reason: 'waiting_for_worker' },
  ];
  for (const filter of all) {
    const read = await list(filter);
    expect(read.whole).toBe(0);
    expect(read.rows).toBeLessThanOrEqual(many + 100);
  }
});

test('the runs of a bulk action are found by the index that suits the filter', async () => {
  const { viewer } = workspace.members;
  const filter: RunFilter = { endedAfter: new Date(Date.now() - 10_000) };
  const chosen = await readBy((tx) => chosenRuns(tx, viewer, { kind: 'filter', filter }));
  expect(chosen.whole).toBe(0);
  expect(chosen.rows).toBeLessThanOrEqual(200);
});
