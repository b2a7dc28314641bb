import { randomBytes } from 'node:crypto';
import { openDatabase } from '@signalbox/db/client/database';
import { createTestDatabase, type TestDatabase } from '@signalbox/testing/postgres/test-database';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** The URL of a database with the role that its sessions take set in it, which wins over the one asked for. */
function urlAs(role: string): string {
  const url = new URL(database.url);
  url.searchParams.set('role', role);
  return url.href;
}

test('a role that passes row-level security is refused before anything is served', async () => {
  await expect(openDatabase({ url: urlAs(new URL(database.url).username), name: 'test' })).rejects.toThrow(
    /passes row-level security; Signalbox does not start/,
  );
});

test('a role that owns a table could open it to itself, and is refused too', async () => {
  const owner = `owner_${randomBytes(4).toString('hex')}`;
  const admin = postgres(database.url, { max: 1 });
  try {
    await admin.unsafe(`create role ${owner} nologin nobypassrls`);
    await admin.unsafe(`alter table policies owner to ${owner}`);
    await expect(openDatabase({ url: urlAs(owner), name: 'test' })).rejects.toThrow(/does not start/);
  } finally {
    await admin.unsafe(`reassign owned by ${owner} to current_user; drop role ${owner}`);
    await admin.end({ timeout: 5 });
  }
});

test('sessions are the application role, whoever the URL signs in as, with limits on statements and waits', async () => {
  const db = await openDatabase({ url: database.url, name: 'test of the role' });
  try {
    const rows = await db.inWorkspace('somewhere', (tx) =>
      tx.query.execute(sql`
        select current_user as role, current_setting('app.workspace') as workspace,
          current_setting('application_name') as name, current_setting('statement_timeout') as statement,
          current_setting('lock_timeout') as lock, current_setting('idle_in_transaction_session_timeout') as idle`),
    );
    expect(rows[0]).toEqual({
      role: 'signalbox_app',
      workspace: 'somewhere',
      name: 'test of the role',
      statement: '5s',
      lock: '2s',
      idle: '5s',
    });
    const outside = await db.asSystem((tx) =>
      tx.query.execute(sql`select nullif(current_setting('app.workspace', true), '') as workspace`),
    );
    expect(outside[0]).toEqual({ workspace: null });
  } finally {
    await db.close();
  }
});
