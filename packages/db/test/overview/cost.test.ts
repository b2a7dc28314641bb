import { type Database, openDatabase, type WorkspaceTransaction } from '@signalbox/db/client/database';
import { listUsedConnections } from '@signalbox/db/queries/connection/connections';
import { listRefusals } from '@signalbox/db/queries/gate/refusals';
import { listWorkers } from '@signalbox/db/queries/observability/workers';
import { attentionFacts } from '@signalbox/db/queries/overview/overview-attention';
import { recentChanges } from '@signalbox/db/queries/overview/overview-changes';
import { firstStepFacts } from '@signalbox/db/queries/overview/overview-first-steps';
import { overviewNow } from '@signalbox/db/queries/overview/overview-now';
import type { Principal } from '@signalbox/domain/access/principal';
import { createTestDatabase, type TestDatabase } from '@signalbox/testing/postgres/test-database';
import { type Seeded, seedWorkspace } from '@signalbox/testing/run/seed';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';

const total = 100_000;
let database: TestDatabase;
let db: Database;
let seeded: Seeded;
let all: Principal;
let some: Principal;

beforeAll(async () => {
  database = await createTestDatabase();
  seeded = await seedWorkspace(database.url);
  db = await openDatabase({ url: database.url, name: 'test', max: 2 });
  const { workspaceId, tenantId } = seeded;
  all = { workspaceId, userId: 1, username: 'dana', role: 'owner', tenants: 'all' };
  some = { ...all, tenants: [tenantId] };
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  // Thirty days of history, one in ten failed; a backlog of three thousand, a few at work, three hundred just ended.
  await sql`
    insert into runs (workspace_id, uid, operation, tenant_id, connection_id, status, wait_cause, input, created_at, started_at,
      finished_at, executing_ms, lease_expires_at, progress_at, initiator_kind, initiator_name, codename)
    select ${workspaceId}, gen_random_uuid(), case when n % 3 = 0 then 'snapshot_capture' else 'restore_preview' end,
      case when n % 2 = 0 then ${tenantId}::bigint end,
      case when n % 2 = 0 and n <= ${total - 3_000} then ${seeded.connectionId}::bigint end, s.status,
      case when s.status = 'queued' then 'waiting_for_worker' end, '{}', s.at - interval '1 minute', s.at,
      case when s.status in ('queued', 'running') then null else s.at end, 1000,
      case when s.status = 'running' then now() + interval '30 seconds' end, now(), 'user', 'dana', 'amber-viaduct'
    from generate_series(1, ${total}::int) as g (n), lateral (select
      case when n > ${total - 20} then 'running' when n > ${total - 3_020} then 'queued'
        when n % 10 = 0 then 'failed' else 'succeeded' end as status,
      now() - case when n > ${total - 3_320} and n <= ${total - 3_020} then random() * interval '55 minutes'
        else interval '2 days' + random() * interval '30 days' end as at) as s`;
  await sql`
    insert into audit_entries (workspace_id, actor_kind, actor_name, action, object_kind, object_id, run_id, details)
    select workspace_id, 'user', 'dana', 'run.created', 'run', id::text, id, '{}' from runs`;
  await sql`
    insert into audit_entries (workspace_id, actor_kind, actor_name, action, object_kind, object_id, details, created_at)
    select ${workspaceId}, 'user', 'dana', 'run.start_refused', 'tenant', ${String(tenantId)},
      '{"operation":"snapshot_capture","outcome":"blocked","reason":"throttled"}', now() + interval '5 minutes' - n * interval '10 minutes'
    from generate_series(1, 5000) as g (n)`;
  await sql`analyze runs`;
  await sql`analyze audit_entries`;
  await sql.end();
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

interface Read extends Record<string, unknown> {
  table: string;
  scans: number;
  rows: number;
}

/** What a query reads of the large tables, by the database's own count. Earlier reads of the session are taken off. */
async function readBy(ask: (tx: WorkspaceTransaction) => Promise<unknown>): Promise<Read[]> {
  return db.inWorkspace(seeded.workspaceId, async (tx) => {
    const soFar = () =>
      tx.query.execute<Read>(`
        select relname as table, seq_scan::int as scans, coalesce(idx_tup_fetch, 0)::int as rows
        from pg_stat_xact_user_tables where relname in ('runs', 'audit_entries') order by relname`);
    const before = await soFar();
    await ask(tx);
    const after = await soFar();
    return after.map(({ table, scans, rows }) => {
      const earlier = before.find((row) => row.table === table);
      return { table, scans: scans - (earlier?.scans ?? 0), rows: rows - (earlier?.rows ?? 0) };
    });
  });
}

// Up to the cap of each count, some hundred of the hour's ended runs, and what is named.
const bound = 2_000;

test.each([
  ['what needs attention', (tx: WorkspaceTransaction, who: Principal) => attentionFacts(tx, who)],
  ['how busy it is', (tx: WorkspaceTransaction, who: Principal) => overviewNow(tx, who)],
  ['the tail of the audit', (tx: WorkspaceTransaction, who: Principal) => recentChanges(tx, who, 10)],
  ['the first steps', (tx: WorkspaceTransaction, who: Principal) => firstStepFacts(tx, who)],
  [
    'the list of connections with who uses them',
    (tx: WorkspaceTransaction, who: Principal) => listUsedConnections(tx, who, { after: 0, limit: 200 }),
  ],
  ['the workers', (tx: WorkspaceTransaction, who: Principal) => listWorkers(tx, who)],
  [
    'the list of refused starts',
    (tx: WorkspaceTransaction, who: Principal) =>
      listRefusals(tx, who, { filter: {}, cursor: null, limit: 51 }),
  ],
  [
    'that of a tenant',
    (tx: WorkspaceTransaction, who: Principal) =>
      listRefusals(tx, who, { filter: { tenantId: seeded.tenantId }, cursor: null, limit: 51 }),
  ],
])('%s reads neither all runs nor all of the audit, whoever asks', async (_what, ask) => {
  for (const who of [all, some]) {
    for (const { table, scans, rows } of await readBy((tx) => ask(tx, who))) {
      expect([table, scans]).toEqual([table, 0]);
      expect(rows).toBeLessThan(bound);
    }
  }
});

test('counts stop at a thousand and say so; what they are made of is true', async () => {
  const now = await db.inWorkspace(seeded.workspaceId, (tx) => overviewNow(tx, all));
  expect(now).toMatchObject({ queued: { n: 1_000, more: true }, running: { n: 20, more: false } });
  expect(now.perMinute.reduce((sum, n) => sum + n, 0)).toBe(300);
  expect(now.perMinute).toHaveLength(60);
  const half = await db.inWorkspace(seeded.workspaceId, (tx) => overviewNow(tx, { ...some, tenants: [] }));
  expect(half).toMatchObject({ queued: { n: 1_000, more: true }, running: { n: 10, more: false } });
  const facts = await db.inWorkspace(seeded.workspaceId, (tx) => attentionFacts(tx, all));
  expect(facts.troubled.count.n).toBe(30);
  expect(facts.refused).toMatchObject({ count: { n: 144 }, groups: [{ times: 144 }] });
});
