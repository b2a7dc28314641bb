import { createTestDatabase, type TestDatabase } from '@signalbox/testing/postgres/test-database';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { backendOf } from './backend-of.ts';
import { connectByHand, statementsIssued } from './connect-by-hand.ts';
import { dropReply } from './drop-reply.ts';
import { rejectionCode } from './rejection-code.ts';
import { terminateBackend } from './terminate-backends.ts';

const mine = [{ whose: 'mine' }];
let database: TestDatabase;
let admin: Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = postgres(database.url, { max: 1 });
});

afterAll(async () => {
  await admin.end();
  await database.drop();
});

test('a statement not yet on the wire when its connection closes is not sent on the next one', async () => {
  const { sql, socket } = connectByHand(database.url);
  await sql`select 1`;
  const unsent = rejectionCode(sql`select 'unsent' as whose`);
  await statementsIssued();
  socket().destroy();
  socket().emit('close', false);
  expect(await unsent).toBe('CONNECTION_CLOSED');
  expect(await sql`select 'mine' as whose`).toMatchObject(mine);
  await sql.end({ timeout: 1 });
});

test('a statement issued between the reset and the close of its connection is rejected', async () => {
  const { sql, socket } = connectByHand(database.url);
  await sql`select 1`;
  const cut = rejectionCode(sql`select pg_sleep(30)`);
  await statementsIssued();
  socket().destroy(Object.assign(new Error('reset by peer'), { code: 'ECONNRESET' }));
  expect(await cut).toBe('ECONNRESET');
  expect(await rejectionCode(sql`select 'between' as whose`)).toBe('CONNECTION_CLOSED');
  expect(await sql`select 'mine' as whose`).toMatchObject(mine);
  await sql.end({ timeout: 1 });
});

test('the fatal error of a dead backend is not told to the first statement of the next one', async () => {
  const sql = postgres(database.url, { max: 1 });
  const pid = await backendOf(sql);
  const busy = rejectionCode(sql`select pg_sleep(30)`);
  await vi.waitUntil(() => isBusy(pid));
  await terminateBackend(admin, pid);
  await busy;
  expect(await sql`select 'mine' as whose`).toMatchObject(mine);
  await sql.end();
});

test('a server that refuses the next connection is heard, not asked for ever', async () => {
  const sql = postgres(database.url, { max: 1 });
  const elsewhere = postgres(database.url, { max: 1, database: 'postgres' });
  const pid = await backendOf(sql);
  const busy = rejectionCode(sql`select pg_sleep(30)`);
  await vi.waitUntil(() => isBusy(pid));
  await elsewhere`alter database ${admin(database.name)} allow_connections false`;
  await terminateBackend(admin, pid);
  await busy;
  const refused = await rejectionCode(sql`select 1`);
  await elsewhere`alter database ${admin(database.name)} allow_connections true`;
  await elsewhere.end();
  expect(refused).toBe('55000');
  await sql.end();
});

test('a connection lost while it starts is opened again without an unhandled rejection', async () => {
  const proxy = await dropReply(database.url, { to: 'pg_catalog.pg_type' });
  const sql = postgres(proxy.url, { max: 1 });
  expect(await sql`select 'mine' as whose`).toMatchObject(mine);
  await sql.end({ timeout: 1 });
  await proxy.close();
});

test('a cursor of a dead session does not read on in the next one', async () => {
  const sql = postgres(database.url, { max: 1 });
  const pid = await backendOf(sql);
  const read = Promise.withResolvers<void>();
  const cursor = sql`select generate_series(1, 3)`.cursor(1, async () => {
    await terminateBackend(admin, pid);
    await vi.waitUntil(() => backendOf(sql).catch(() => undefined));
    setImmediate(read.resolve);
  });
  expect(await rejectionCode(cursor)).toBeOneOf(['CONNECTION_CLOSED', 'ECONNRESET']);
  await read.promise;
  expect(await sql`select 'mine' as whose`).toMatchObject(mine);
  await sql.end();
});

test('closing the pool ends although the backend of an open transaction dies meanwhile', async () => {
  const sql = postgres(database.url, { max: 1 });
  const opened = Promise.withResolvers<number>();
  const outcome = rejectionCode(
    sql.begin(async (tx) => {
      opened.resolve(await backendOf(tx));
      await new Promise(() => {});
    }),
  );
  const pid = await opened.promise;
  const ended = sql.end();
  await statementsIssued();
  await terminateBackend(admin, pid);
  expect(await outcome).toBe('CONNECTION_CLOSED');
  await ended;
});

test('a connection cannot be reserved outside a transaction', async () => {
  const sql = postgres(database.url, { max: 1 });
  // biome-ignore lint/plugin: shows that the driver itself refuses what the lint forbids
  expect(await rejectionCode(sql.reserve())).toBe('RESERVE_REFUSED');
  await sql.end();
});

async function isBusy(pid: number): Promise<boolean> {
  const rows = await admin`select from pg_stat_activity where pid = ${pid} and state = 'active'`;
  return rows.length > 0;
}
