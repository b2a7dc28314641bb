import { randomBytes } from 'node:crypto';
import { migrate } from '@signalbox/db/migrate';
import { databaseUrl, withAdmin } from '@signalbox/testing/postgres/admin';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';

/** A database nobody has migrated yet. */
let name: string;
let url: string;

beforeEach(async () => {
  const adminUrl = inject('postgresAdminUrl');
  name = `${inject('postgresTemplate')}_${randomBytes(4).toString('hex')}`;
  url = databaseUrl(adminUrl, name);
  await withAdmin(adminUrl, (sql) => sql`create database ${sql(name)}`);
});
afterEach(() =>
  withAdmin(inject('postgresAdminUrl'), (sql) => sql`drop database if exists ${sql(name)} with (force)`),
);

/** Everything in the catalogue that a migration makes, as one text. */
async function shape(): Promise<string> {
  const sql = postgres(url, { max: 1 });
  try {
    const columns = await sql`
      select table_name, column_name, data_type, is_nullable, column_default from information_schema.columns
      where table_schema = 'public' order by 1, 2`;
    const indexes = await sql`select indexdef from pg_indexes where schemaname = 'public' order by 1`;
    const constraints = await sql`
      select conrelid::regclass::text as on_table, pg_get_constraintdef(oid) as says from pg_constraint
      where connamespace = 'public'::regnamespace order by 1, 2`;
    const policies = await sql`
      select tablename, policyname, roles::text, qual, with_check from pg_policies where schemaname = 'public' order by 1, 2`;
    const functions = await sql`
      select proname, prosrc, proowner::regrole::text as owner, proacl::text from pg_proc
      where pronamespace = 'public'::regnamespace order by 1`;
    const applied = await sql`select hash from drizzle.__drizzle_migrations order by id`;
    return JSON.stringify({ columns, indexes, constraints, policies, functions, applied }, null, 1);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

test('migrating again changes nothing', async () => {
  const steps: string[] = [];
  await migrate({ url, log: (line) => steps.push(line) });
  expect(steps).toEqual(['roles', 'queue', 'tables']);
  const once = await shape();
  await migrate({ url, log: () => {} });
  expect(await shape()).toBe(once);
});

test('processes that migrate a new database at the same moment all succeed, and each migration is applied once', async () => {
  const results = await Promise.allSettled(Array.from({ length: 4 }, () => migrate({ url, log: () => {} })));
  expect(results.filter((result) => result.status === 'rejected')).toEqual([]);
  const together = await shape();
  await migrate({ url, log: () => {} });
  expect(await shape()).toBe(together);
});
