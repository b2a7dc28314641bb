import { createTestDatabase, type TestDatabase } from '@signalbox/testing/postgres/test-database';
import postgres, { type Sql } from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { backendOf } from './backend-of.ts';
import { rejectionCode } from './rejection-code.ts';
import { terminateBackend } from './terminate-backends.ts';

let database: TestDatabase;
let admin: Sql;
let sql: Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = postgres(database.url, { max: 1 });
});

beforeEach(() => {
  // One connection that takes a BEGIN behind one other statement, and nothing more.
  sql = postgres(`${database.url}?max_pipeline=2`, { max: 1, fetch_types: false });
});

afterEach(() => sql.end({ timeout: 1 }));

afterAll(async () => {
  await admin.end();
  await database.drop();
});

test('a plain query works again after its backend was killed', async () => {
  const pid = await backendOf(sql);
  await terminateBackend(admin, pid);
  await vi.waitUntil(async () => (await admin`select from pg_stat_activity where pid = ${pid}`).length === 0);
  expect(await vi.waitUntil(() => backendOf(sql).catch(() => undefined))).not.toBe(pid);
});

test('a listener hears again after its backend was killed', async () => {
  const heard = vi.fn();
  const listening = vi.fn();
  const listener = await sql.listen('news', heard, listening);
  await terminateBackend(admin, listener.state.pid);
  await vi.waitUntil(() => listening.mock.calls.length === 2, { timeout: 5_000 });
  await admin.notify('news', 'after');
  await vi.waitUntil(() => heard.mock.calls.length > 0, { timeout: 5_000 });
  expect(heard).toHaveBeenCalledExactlyOnceWith('after');
});

test('a BEGIN that fills the pipeline still owns its connection', async () => {
  await sql`select 1`;
  const before = [sql`select pg_sleep(0.05)`.execute(), sql`select 1`.execute()];
  const ids = await sql.begin(async (tx) => [await transactionOf(tx), await transactionOf(tx)]);
  await Promise.all(before);
  expect(ids[0]).toBe(ids[1]);
});

test('a statement that cannot be sent fails alone', async () => {
  await sql`select 1`;
  const [before, broken, after] = await Promise.allSettled([
    sql`select 'before' as whose`,
    sql`select ${undefined as unknown as string}`,
    sql`select 'after' as whose`,
  ]);
  expect(before).toMatchObject({ value: [{ whose: 'before' }] });
  expect(broken).toMatchObject({ reason: { code: 'UNDEFINED_VALUE' } });
  expect(after).toMatchObject({ value: [{ whose: 'after' }] });
});

test('rows of a statement that failed midway do not reach the next result', async () => {
  const failing = rejectionCode(sql`select 1 / (3 - i) from generate_series(1, 5) i`);
  const next = sql`select 'own' as whose`.execute();
  expect(await failing).toBe('22012');
  expect([...(await next)]).toEqual([{ whose: 'own' }]);
});

test('a statement whose plan went stale is not run again inside a transaction behind it', async () => {
  await admin`create table shapes (n int)`;
  const write = () => sql`insert into shapes values (1) returning *`;
  await write();
  await admin`alter table shapes add column more int`;
  const stale = rejectionCode(write());
  const rolledBack = sql.begin(() => Promise.reject(new Error('abandoned')));
  await expect(rolledBack).rejects.toThrow('abandoned');
  expect(await stale).toBe('0A000');
  expect(await admin`select from shapes`).toHaveLength(1);
});

async function transactionOf(tx: postgres.TransactionSql): Promise<unknown> {
  const [row] = await tx`select txid_current() as id`;
  return row?.id;
}
