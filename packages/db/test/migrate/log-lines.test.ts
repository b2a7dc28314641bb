import { readFile } from 'node:fs/promises';
import { createTestDatabase, type TestDatabase } from '@signalbox/testing/postgres/test-database';
import { seedWorkspace } from '@signalbox/testing/run/seed';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

it('numbers the lines of logs that were written before lines had numbers, each run from 1', async () => {
  const seeded = await seedWorkspace(database.url);
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  try {
    // As the table was.
    await sql`alter table run_logs drop column first_line, drop column line_count`;
    const texts = ['a\nb\n', '', 'c\n\n', 'd'];
    const numbers: (readonly [first: number, count: number])[] = [
      [1, 2],
      [3, 1],
      [4, 2],
      [6, 1],
    ];
    for (const name of ['one', 'two']) {
      const [run] = await sql<{ id: string }[]>`
        insert into runs (workspace_id, uid, operation, tenant_id, status, input, initiator_kind, initiator_name, codename)
        values (${seeded.workspaceId}, gen_random_uuid(), 'snapshot_capture', ${seeded.tenantId}, 'queued', '{}',
          'system', ${name}, 'x') returning id`;
      for (const [at, text] of texts.entries()) {
        await sql`insert into run_logs (workspace_id, run_id, seq, level, text)
          values (${seeded.workspaceId}, ${run?.id ?? 0}, ${at * 3 + 1}, 'info', ${text})`;
      }
    }
    const file = new URL('../../migrations/0006_log_lines.sql', import.meta.url);
    const migration = await readFile(file, 'utf8');
    await sql.begin(async (tx) => {
      await tx.unsafe(migration);
    });
    const rows = await sql<{ first_line: number; line_count: number }[]>`
      select first_line, line_count from run_logs order by run_id, seq`;
    expect(rows.map((row) => [row.first_line, row.line_count])).toEqual([...numbers, ...numbers]);
  } finally {
    await sql.end();
  }
});
