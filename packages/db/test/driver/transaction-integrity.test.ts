import { setTimeout as pause } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '@signalbox/testing/postgres/test-database';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rejectionCode } from './rejection-code.ts';
import { terminateBackends } from './terminate-backends.ts';

const parts = [1, 2, 3];
const applicationName = 'transaction-integrity';
const unhandled: unknown[] = [];
const warnings: unknown[] = [];
let database: TestDatabase;
let admin: Sql;
let sql: Sql;

beforeAll(async () => {
  process.on('unhandledRejection', noteUnhandled);
  database = await createTestDatabase();
  admin = postgres(database.url, { max: 1 });
  sql = postgres(database.url, {
    max: 8,
    connection: { application_name: applicationName },
    onnotice: (notice) => warnings.push(notice.message),
  });
  // The default is evaluated on the server: a row written outside its transaction has no workspace to take.
  await admin`
    create table entries (key text, part int, workspace text default current_setting('app.workspace', true))
  `;
});

afterAll(async () => {
  await sql.end({ timeout: 2 });
  await admin.end();
  await database.drop();
  process.off('unhandledRejection', noteUnhandled);
});

test('concurrent transactions stay whole and in their workspace while their backends are killed', async () => {
  const outcomes = new Map<string, unknown>();
  const killer = terminateBackends(admin, applicationName);
  const stopped = new AbortController();
  const writers = Array.from({ length: 16 }, (_, writer) => write(writer, outcomes, stopped.signal));
  await pause(6_000);
  const killed = await killer.stop();
  stopped.abort();
  const finished = await Promise.race([Promise.all(writers).then(() => true), pause(10_000, false)]);

  const found = await compare(outcomes);
  const counted = Object.groupBy(outcomes.values(), String);
  const reported = Object.fromEntries(Object.entries(counted).map(([code, all]) => [code, all?.length]));
  const report = JSON.stringify({ killed, ...reported });
  expect({ ...found, finished, warnings, unhandled }, report).toEqual({
    partial: [],
    foreign: [],
    reportedButMissing: [],
    refusedButWritten: [],
    finished: true,
    warnings: [],
    unhandled: [],
  });
  // The run proves nothing unless transactions were both completed and cut.
  expect(killed, report).toBeGreaterThan(20);
  expect(counted.resolved?.length, report).toBeGreaterThan(100);
  expect(counted.CONNECTION_CLOSED?.length, report).toBeGreaterThan(0);

  const answers = await Promise.all(Array.from({ length: 32 }, (_, n) => sql`select ${n}::int as n`));
  expect(answers.map(([row]) => row?.n)).toEqual(Array.from({ length: 32 }, (_, n) => n));
});

/** One writer: transaction after transaction, noting under each key what it was told. */
async function write(writer: number, outcomes: Map<string, unknown>, stopped: AbortSignal): Promise<void> {
  for (let n = 0; !stopped.aborted; n++) {
    const key = `w${writer}-${n}`;
    const transaction = sql.begin(async (tx) => {
      await tx`select set_config('app.workspace', ${workspaceOf(key)}, true)`;
      for (const part of parts) {
        await tx`insert into entries (key, part) values (${key}, ${part})`;
        // Work that is not a statement: long enough for the backend to die and its connection to be reused.
        await pause(5 * part);
      }
    });
    outcomes.set(key, await rejectionCode(transaction));
  }
}

/** Sets what the writers were told against what the table holds; each list names keys that break a promise. */
async function compare(outcomes: Map<string, unknown>) {
  const rows = await admin<{ key: string; count: number; workspaces: (string | null)[] }[]>`
    select key, count(*)::int as count, array_agg(distinct workspace) as workspaces from entries group by key
  `;
  const written = new Set(rows.map((row) => row.key));
  const told = [...outcomes].map(([key, outcome]) => ({ key, outcome }));
  return {
    partial: rows.filter((row) => row.count !== parts.length),
    foreign: rows.filter((row) => String(row.workspaces) !== workspaceOf(row.key)),
    reportedButMissing: told.filter((it) => it.outcome === 'resolved' && !written.has(it.key)),
    // Only a lost reply to COMMIT leaves the outcome open; every other rejection promises that nothing stayed.
    refusedButWritten: told.filter(
      (it) => it.outcome !== 'resolved' && it.outcome !== 'COMMIT_OUTCOME_UNKNOWN' && written.has(it.key),
    ),
  };
}

function workspaceOf(key: string): string {
  return `workspace of ${key}`;
}

function noteUnhandled(reason: unknown): void {
  unhandled.push(reason);
}
