import type { Database } from '@signalbox/db/client/database';
import { signIn } from '@signalbox/db/commands/access/sign-in';
import { verifyPassword } from '@signalbox/db/secrets/password';
import { makeUser, testKeyring, testPassword } from '@signalbox/testing/fixtures/workspace';
import { type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type GateDatabase, openGateDatabase } from '../gate/gate-database.ts';

vi.mock(import('@signalbox/db/secrets/password'), async (load) => {
  const real = await load();
  return { ...real, verifyPassword: vi.fn(real.verifyPassword) };
});

let gate: GateDatabase;

beforeAll(async () => {
  gate = await openGateDatabase();
});
afterAll(() => gate.close());

const dialect = new PgDialect();

/** The same database, writing down the text of each statement. */
function watched(db: Database, statements: string[]): Database {
  return {
    ...db,
    asSystem: (work) =>
      db.asSystem((tx) => {
        const execute = ((statement: SQL) => {
          statements.push(dialect.sqlToQuery(statement).sql);
          return tx.query.execute(statement);
        }) as typeof tx.query.execute;
        return work({
          query: new Proxy(tx.query, {
            get: (query, name) => (name === 'execute' ? execute : Reflect.get(query, name)),
          }),
        });
      }),
  };
}

/** What an attempt costs: its statements, and the hashes of passwords. */
async function workOf(username: string, password: string, code?: string) {
  const statements: string[] = [];
  vi.mocked(verifyPassword).mockClear();
  const place = { userAgent: null, address: '127.0.0.1', requestId: 'test', kind: 'token' as const };
  const outcome = await signIn(watched(gate.db, statements), testKeyring, {
    username,
    password,
    code,
    ...place,
  });
  return { outcome, statements, hashes: vi.mocked(verifyPassword).mock.calls.length };
}

test('an unknown name, a wrong password and a disabled account cost the same statements and one hash', async () => {
  const { username } = await makeUser(gate.db, 'known');
  const disabled = await makeUser(gate.db, 'disabled');
  await gate.admin`update users set disabled_at = now() where id = ${disabled.userId}`;
  const wrong = await workOf(username, 'wrong');
  expect(wrong.outcome).toEqual({ kind: 'refused' });
  expect(wrong.hashes).toBe(1);
  expect(wrong.statements).toHaveLength(2);
  expect(await workOf('nobody-at-all', 'wrong')).toEqual(wrong);
  expect(await workOf('nobody-at-all', testPassword, '000000')).toEqual(wrong);
  expect(await workOf(disabled.username, testPassword)).toEqual(wrong);
});

test('a refused sign-in is told in the workspaces of its person, and an unknown name nowhere', async () => {
  const { username, userId } = await makeUser(gate.db, 'known');
  const [{ id: workspace } = { id: '' }] = await gate.admin<{ id: string }[]>`
    insert into workspaces (id, name) values ('ws-told', 'told') returning id`;
  await gate.admin`insert into members (workspace_id, user_id, role) values (${workspace}, ${userId}, 'viewer')`;
  await workOf(username, 'wrong');
  await workOf('nobody-at-all', 'a guess that is a password somewhere');
  const rows =
    await gate.admin`select workspace_id, actor_name, action, details from audit_entries where action like 'account.%'`;
  expect(rows).toEqual([
    {
      workspace_id: workspace,
      actor_name: username,
      action: 'account.sign_in_refused',
      details: { address: '127.0.0.1', userAgent: null },
    },
  ]);
});

test('a refused sign-in is a transaction that writes, so that a name nobody has waits for the disk as well', async () => {
  const { username } = await makeUser(gate.db, 'known');
  const written: (string | null)[] = [];
  const db: Database = {
    ...gate.db,
    asSystem: (work) =>
      gate.db.asSystem(async (tx) => {
        const done = await work(tx);
        const [row] = await tx.query.execute<{ id: string | null }>(
          sql`select pg_current_xact_id_if_assigned()::text as id`,
        );
        written.push(row?.id ?? null);
        return done;
      }),
  };
  const place = { userAgent: null, address: '127.0.0.1', requestId: 'test', kind: 'token' as const };
  for (const name of [username, 'nobody-at-all']) {
    await signIn(db, testKeyring, { username: name, password: 'wrong', ...place });
  }
  expect(written).toEqual([null, expect.any(String), null, expect.any(String)]);
});
