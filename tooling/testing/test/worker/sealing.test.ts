import { fileURLToPath } from 'node:url';
import { type Database, openDatabase } from '@signalbox/db/client/database';
import { writeAudit } from '@signalbox/db/commands/observability/write-audit';
import { verifyAudit } from '@signalbox/db/queries/observability/verify-audit';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../src/postgres/test-database.ts';
import { startProcess, type TestProcess } from '../../src/process/start-process.ts';
import { seedWorkspace } from '../../src/run/seed.ts';
import { waitUntil } from '../../src/wait-until.ts';
import { type Ledger, startLedger } from '../../src/worker/ledger.ts';

const script = fileURLToPath(new URL('../../src/worker/ledger-worker.ts', import.meta.url));

let database: TestDatabase;
let sql: Sql;
let db: Database;
let ledger: Ledger;

beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 2, onnotice: () => {} });
  db = await openDatabase({ url: database.url, name: 'sealing test', max: 8 });
  ledger = await startLedger();
  await seedWorkspace(database.url);
});
afterAll(async () => {
  await Promise.all([ledger.close(), db.close(), sql.end({ timeout: 5 })]);
  await database.drop();
});

const start = (): Promise<TestProcess> => {
  const env = { DATABASE_URL: database.url, LEDGER_URL: ledger.url, LEASE_MS: '2000' };
  return startProcess({ script, env, ready: /worker ready/ });
};
const write = (count: number): Promise<void> =>
  db.inWorkspace('acme', (tx) =>
    writeAudit(
      tx,
      Array.from({ length: count }, () => ({
        actor: { kind: 'system', name: 'test' },
        action: 'tenant.created',
        object: { kind: 'tenant', id: '1' },
      })),
    ),
  );
const seals = async (): Promise<number> => {
  const [row] = await sql<{ seals: number }[]>`
    select count(*)::int as seals from audit_seals where workspace_id = 'acme'`;
  return row?.seals ?? 0;
};

test('workers are killed and cut off while they seal, and in the end every entry is under one seal of an intact log', async () => {
  let written = 0;
  let writing = true;
  const writers = Array.from({ length: 4 }, async () => {
    while (writing) {
      await write(25);
      written += 25;
    }
  });
  const first = await start();
  await start();
  await waitUntil('a seal', async () => (await seals()) > 0);
  first.kill('SIGKILL');
  for (let cut = 0; cut < 3; cut += 1) {
    const before = await seals();
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'signalbox worker'`;
    await waitUntil('a seal after the cut', async () => (await seals()) > before);
  }
  writing = false;
  await Promise.all(writers);
  await waitUntil('everything to be sealed', async () => (await verifyAudit(db, 'acme')).unsealed === 0);
  const [before] = await sql<{ entries: number }[]>`
    select count(*)::int as entries from audit_entries where workspace_id = 'acme'`;
  expect(written).toBeGreaterThan(0);
  expect(before?.entries).toBeGreaterThanOrEqual(written);
  expect(await verifyAudit(db, 'acme')).toMatchObject({ outcome: 'intact', entries: before?.entries });
  const [sealed] = await sql<{ rows: number; distinct: number }[]>`
    select count(*)::int as rows, count(distinct id)::int as distinct
    from audit_seals, unnest(entry_ids) as id where workspace_id = 'acme'`;
  expect(sealed).toEqual({ rows: before?.entries, distinct: before?.entries });
}, 60_000);
