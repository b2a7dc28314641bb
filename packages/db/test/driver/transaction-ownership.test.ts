import { createTestDatabase, type TestDatabase } from '@signalbox/testing/postgres/test-database';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { backendOf } from './backend-of.ts';
import { connectByHand } from './connect-by-hand.ts';
import { dropReply } from './drop-reply.ts';
import { rejectionCode } from './rejection-code.ts';
import { terminateBackend } from './terminate-backends.ts';

let database: TestDatabase;
let admin: Sql;
/** One connection only, so that whatever runs next runs on the connection the transaction had. */
let sql: Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = postgres(database.url, { max: 1, onnotice: () => {} });
  sql = postgres(database.url, { max: 1, onnotice: () => {} });
  await admin`create table notes (body text unique deferrable initially deferred)`;
});

beforeEach(async () => {
  await admin`truncate notes`;
});

afterAll(async () => {
  await sql.end({ timeout: 2 });
  await admin.end();
  await database.drop();
});

test('a statement after the backend died is refused and nothing is written outside the transaction', async () => {
  const opened = Promise.withResolvers<number>();
  const reconnected = Promise.withResolvers<void>();
  const late = Promise.withResolvers<unknown>();
  const outcome = rejectionCode(
    sql.begin(async (tx) => {
      await tx`insert into notes values ('inside')`;
      opened.resolve(await backendOf(tx));
      await reconnected.promise;
      late.resolve(await rejectionCode(tx`insert into notes values ('late')`));
    }),
  );
  await terminateBackend(admin, await opened.promise);
  expect(await outcome).toBe('CONNECTION_CLOSED');
  await backendOf(sql);
  reconnected.resolve();
  expect(await late.promise).toBe('TRANSACTION_CLOSED');
  expect(await notes()).toEqual([]);
});

test.for([
  { verb: 'COMMIT', end: async (): Promise<void> => {} },
  { verb: 'ROLLBACK', end: (): Promise<void> => Promise.reject(new Error('changed my mind')) },
])('a late $verb of a dead transaction does not end the next one on its connection', async ({ end }) => {
  const opened = Promise.withResolvers<number>();
  const halfDone = Promise.withResolvers<void>();
  const returned = Promise.withResolvers<void>();
  const first = rejectionCode(
    sql.begin(async (tx) => {
      opened.resolve(await backendOf(tx));
      await halfDone.promise;
      setImmediate(returned.resolve);
      return end();
    }),
  );
  await terminateBackend(admin, await opened.promise);
  expect(await first).toBe('CONNECTION_CLOSED');
  const second = sql.begin(async (tx) => {
    await tx`insert into notes values ('half')`;
    halfDone.resolve();
    await returned.promise;
    const [before] = await tx`select txid_current() as id`;
    const [after] = await tx`select txid_current() as id`;
    expect(after?.id).toBe(before?.id);
    expect(await notes()).toEqual([]);
    throw new Error('abandoned');
  });
  await expect(second).rejects.toThrow('abandoned');
  expect(await notes()).toEqual([]);
});

test('statements that wait for their turn are rejected when the connection closes', async () => {
  const waiting = Promise.withResolvers<unknown[]>();
  const outcome = rejectionCode(
    sql.begin(async (tx) => {
      const pid = await backendOf(tx);
      const statements = [1, 2, 3].map((n) => rejectionCode(tx`select pg_sleep(${n * 10}::int)`));
      await terminateBackend(admin, pid);
      waiting.resolve(await Promise.all(statements));
    }),
  );
  // The one under way may also hear of the reset itself.
  const closed = expect.toBeOneOf(['CONNECTION_CLOSED', 'ECONNRESET']);
  expect(await waiting.promise).toEqual([closed, closed, closed]);
  expect(await outcome).toBe('CONNECTION_CLOSED');
});

test('a statement issued once COMMIT was issued is refused, before its reply and after', async () => {
  const early = Promise.withResolvers<unknown>();
  const escaped = await sql.begin(async (tx) => {
    await tx`insert into notes values ('kept')`;
    setImmediate(() => early.resolve(rejectionCode(tx`insert into notes values ('early')`)));
    return { tx };
  });
  expect(await early.promise).toBe('TRANSACTION_CLOSED');
  expect(await rejectionCode(escaped.tx`insert into notes values ('late')`)).toBe('TRANSACTION_CLOSED');
  expect(await notes()).toEqual(['kept']);
});

test('a COMMIT by hand ends the transaction: what waits is rejected and an own error is told', async () => {
  const waiting = Promise.withResolvers<unknown>();
  const outcome = sql.begin(async (tx) => {
    const statements = [tx`select ${1}::int`, tx`commit`, tx`insert into notes values ('outside')`];
    const codes = await Promise.all(statements.map(rejectionCode));
    waiting.resolve(codes);
    throw new Error('my own');
  });
  await expect(outcome).rejects.toThrow('my own');
  expect(await waiting.promise).toEqual(['resolved', 'resolved', 'TRANSACTION_CLOSED']);
  expect(await notes()).toEqual([]);
});

test('a drained socket does not hand out the connection of an open transaction', async () => {
  const held = connectByHand(database.url);
  let outside: PromiseLike<unknown> | undefined;
  const outcome = held.sql.begin(async (tx) => {
    await tx`insert into notes values ('inside')`;
    held.socket().emit('drain');
    outside = held.sql`insert into notes values ('outside')`.execute();
    await tx`select 1`;
    throw new Error('abandoned');
  });
  await expect(outcome).rejects.toThrow('abandoned');
  await outside;
  expect(await notes()).toEqual(['outside']);
  await held.sql.end({ timeout: 1 });
});

test('COMMIT of an aborted transaction throws', async () => {
  const outcome = sql.begin(async (tx) => {
    await tx`insert into notes values ('lost')`;
    const inner = await tx.savepoint((savepoint) => ({ savepoint }));
    // Past the end of its savepoint this failure belongs to nobody, yet it aborts the transaction.
    await rejectionCode(inner.savepoint`select 1 / 0`);
  });
  expect(await rejectionCode(outcome)).toBe('TRANSACTION_ROLLED_BACK');
  expect(await notes()).toEqual([]);
});

test('a constraint that fails at COMMIT keeps its own error code', async () => {
  const outcome = sql.begin((tx) => tx`insert into notes values ('twice'), ('twice')`);
  expect(await rejectionCode(outcome)).toBe('23505');
});

test.for([
  { cut: 'closed', reset: false },
  { cut: 'reset', reset: true },
])('a reply to COMMIT lost on a $cut connection is told as an unknown outcome', async ({ reset }) => {
  const proxy = await dropReply(database.url, { to: 'commit\0', reset });
  const lossy = postgres(proxy.url, { max: 1 });
  const outcome = await rejectionCode(lossy.begin((tx) => tx`insert into notes values ('done')`));
  await lossy.end({ timeout: 1 });
  await proxy.close();
  expect(outcome).toBe('COMMIT_OUTCOME_UNKNOWN');
  expect(await notes()).toEqual(['done']);
});

test('nested savepoints keep and undo exactly their own work', async () => {
  await sql.begin(async (tx) => {
    await tx`insert into notes values ('outer')`;
    await tx.savepoint(async (first) => {
      await first`insert into notes values ('first')`;
      const undone = first.savepoint(async (second) => {
        await second`insert into notes values ('second')`;
        await second`select 1 / 0`;
      });
      expect(await rejectionCode(undone)).toBe('22012');
    });
  });
  expect(await notes()).toEqual(['first', 'outer']);
});

async function notes(): Promise<string[]> {
  const rows = await admin<{ body: string }[]>`select body from notes order by body`;
  return rows.map((row) => row.body);
}
