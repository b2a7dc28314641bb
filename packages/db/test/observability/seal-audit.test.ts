import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@signalbox/db/client/database';
import { sealAll, sealAudit } from '@signalbox/db/commands/observability/seal-audit';
import { writeAudit } from '@signalbox/db/commands/observability/write-audit';
import { auditHead, verifyAudit } from '@signalbox/db/queries/observability/verify-audit';
import { uniqueName } from '@signalbox/testing/fixtures/workspace';
import { waitUntil } from '@signalbox/testing/wait-until';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase } from '../gate/gate-database.ts';

let gate: GateDatabase;
let db: Database;

beforeAll(async () => {
  gate = await openGateDatabase();
  db = gate.db;
});
afterAll(() => gate.close());

/** A workspace with nothing but a name: an audit log needs no more. */
async function emptyWorkspace(): Promise<string> {
  const id = uniqueName('ws');
  await gate.admin`insert into workspaces (id, name, tier) values (${id}, ${id}, 'free')`;
  return id;
}

const write = (workspaceId: string, count = 1, details = {}): Promise<void> =>
  db.inWorkspace(workspaceId, (tx) =>
    writeAudit(
      tx,
      Array.from({ length: count }, () => entry(details)),
    ),
  );

const entry = (details: Record<string, string | number>) => ({
  actor: { kind: 'api_key', name: 'nightly', onBehalfOf: 'dana' } as const,
  action: 'run.created',
  object: { kind: 'run', id: '1' },
  runId: 1,
  details,
  requestId: 'r-1',
});

async function sealEverything(workspaceId: string, largest = 1_000): Promise<void> {
  await waitUntil('everything to be sealed', async () => {
    while ((await sealAudit(db, workspaceId, { largest })) > 0);
    return (await verifyAudit(db, workspaceId)).unsealed === 0;
  });
}

/**
 * Waits until everything is past the oldest open transaction, which may be one of another test in the same cluster;
 * a sealer that came earlier would seal in other portions.
 */
async function untilSealable(workspaceId: string): Promise<void> {
  await waitUntil('every entry to be older than every open transaction', async () => {
    const [row] = await gate.admin<{ early: boolean }[]>`
      select exists (select from audit_entries
        where workspace_id = ${workspaceId} and transaction >= pg_snapshot_xmin(pg_current_snapshot())) as early`;
    return row?.early === false;
  });
}

/** A log of six entries in three seals. */
async function sealedLog(): Promise<{ workspaceId: string; ids: number[] }> {
  const workspaceId = await emptyWorkspace();
  for (let count = 0; count < 6; count += 1) await write(workspaceId, 1, { count });
  await untilSealable(workspaceId);
  await sealEverything(workspaceId, 2);
  const rows = await gate.admin<{ id: string }[]>`
    select id from audit_entries where workspace_id = ${workspaceId} order by transaction, id`;
  return { workspaceId, ids: rows.map(({ id }) => Number(id)) };
}

test('a sealed log is intact, each entry is in one seal, and what is not sealed yet is counted as such', async () => {
  const { workspaceId, ids } = await sealedLog();
  await write(workspaceId, 2);
  const verdict = await verifyAudit(db, workspaceId);
  expect(verdict).toMatchObject({ outcome: 'intact', entries: 6, seals: 3, unsealed: 2, fault: null });
  expect(verdict.oldestUnsealed).toBeInstanceOf(Date);
  const seals = await gate.admin<{ entry_ids: string[]; previous: Buffer; digest: Buffer }[]>`
    select entry_ids, previous, digest from audit_seals where workspace_id = ${workspaceId} order by number`;
  expect(seals.flatMap((seal) => seal.entry_ids.map(Number))).toEqual(ids);
  expect(seals[1]?.previous).toEqual(seals[0]?.digest);
  expect(await auditHead(db, workspaceId)).toMatchObject({ ...verdict.head, sealedEntries: 6 });
});

test('the sealer takes every workspace, and a backlog piece by piece', async () => {
  const [here, there] = [await emptyWorkspace(), await emptyWorkspace()];
  await write(here, 2_500);
  await write(there, 1);
  await waitUntil('everything to be sealed', async () => {
    const round = await sealAll(db);
    expect(round).toMatchObject({ ahead: [], failures: [] });
    return (await verifyAudit(db, there)).unsealed === 0 && (await verifyAudit(db, here)).unsealed === 0;
  });
  expect(await verifyAudit(db, here)).toMatchObject({ outcome: 'intact', entries: 2_500, seals: 3 });
  expect(await verifyAudit(db, there)).toMatchObject({ outcome: 'intact', entries: 1, seals: 1 });
});

const tamperings: readonly {
  readonly deed: string;
  readonly tamper: (workspaceId: string, ids: readonly number[]) => Promise<unknown>;
  readonly fault: (ids: readonly number[]) => object;
}[] = [
  ...[
    ['workspace_id', null],
    ['actor_kind', 'user'],
    ['actor_name', 'nobody'],
    ['on_behalf_of', null],
    ['action', 'run.finished'],
    ['object_kind', 'tenant'],
    ['object_id', '2'],
    ['run_id', 2],
    ['request_id', 'r-2'],
    ['created_at', '2020-01-01T00:00:00Z'],
  ]
    .filter(([column]) => column !== 'workspace_id')
    .map(([column, value]) => ({
      deed: `${column} of an entry is changed`,
      tamper: (_: string, ids: readonly number[]) =>
        gate.admin`update audit_entries set ${gate.admin(String(column))} = ${value ?? null} where id = ${ids[3] ?? 0}`,
      fault: (ids: readonly number[]) => ({ kind: 'entry_changed', entryId: ids[3], seal: 2 }),
    })),
  {
    deed: 'a detail of an entry is changed',
    tamper: (_, ids) =>
      gate.admin`update audit_entries set details = '{"count": 3.0}' where id = ${ids[3] ?? 0}`,
    fault: (ids) => ({ kind: 'entry_changed', entryId: ids[3], seal: 2 }),
  },
  {
    deed: 'an entry is moved to another transaction',
    tamper: (_, ids) => gate.admin`update audit_entries set transaction = '1' where id = ${ids[3] ?? 0}`,
    fault: (ids) => ({ kind: 'entry_added', entryId: ids[3], seal: 1 }),
  },
  {
    deed: 'an entry is moved to another workspace',
    tamper: (_, ids) =>
      gate.admin`update audit_entries set workspace_id = 'ws-elsewhere' where id = ${ids[3] ?? 0}`,
    fault: (ids) => ({ kind: 'entry_missing', entryId: ids[3], seal: 2 }),
  },
  {
    deed: 'an entry is removed',
    tamper: (_, ids) => gate.admin`delete from audit_entries where id = ${ids[2] ?? 0}`,
    fault: (ids) => ({ kind: 'entry_missing', entryId: ids[2], seal: 2 }),
  },
  {
    deed: 'the newest sealed entry is removed',
    tamper: (_, ids) => gate.admin`delete from audit_entries where id = ${ids[5] ?? 0}`,
    fault: (ids) => ({ kind: 'entry_missing', entryId: ids[5], seal: 3 }),
  },
  {
    deed: 'an entry is put between sealed ones',
    tamper: (_, ids) => gate.admin`
      insert into audit_entries (workspace_id, id, transaction, actor_kind, actor_name, action, object_kind, object_id)
      overriding system value
      select workspace_id, id + 1000000, transaction, 'user', 'nobody', 'run.created', 'run', '9'
      from audit_entries where id = ${ids[2] ?? 0}`,
    fault: (ids) => ({ kind: 'entry_added', entryId: (ids[2] ?? 0) + 1_000_000, seal: 2 }),
  },
  {
    deed: 'a seal is removed',
    tamper: (id) => gate.admin`delete from audit_seals where workspace_id = ${id} and number = 2`,
    fault: () => ({ kind: 'seal_missing', seal: 2 }),
  },
  {
    deed: 'the first seal is removed with its entries',
    tamper: async (id, ids) => {
      await gate.admin`delete from audit_seals where workspace_id = ${id} and number = 1`;
      await gate.admin`delete from audit_entries where id = any (${ids.slice(0, 2)}::bigint[])`;
    },
    fault: () => ({ kind: 'seal_missing', seal: 1 }),
  },
  ...['sealed_at = now()', 'entries = 3', 'entry_ids = entry_ids[1:1]', "entry_digests = ''::bytea"].map(
    (change) => ({
      deed: `of a seal, ${change}`,
      tamper: (id: string) =>
        gate.admin`update audit_seals set ${gate.admin.unsafe(change)} where workspace_id = ${id} and number = 2`,
      fault: () => ({ kind: 'seal_changed', seal: 2 }),
    }),
  ),
  {
    deed: 'the digest of a seal is changed',
    tamper: (id) =>
      gate.admin`update audit_seals set digest = previous where workspace_id = ${id} and number = 2`,
    fault: () => ({ kind: 'seal_changed', seal: 2 }),
  },
];

test.each(tamperings)('verify names the first thing that is wrong when $deed', async ({ tamper, fault }) => {
  const { workspaceId, ids } = await sealedLog();
  expect(await verifyAudit(db, workspaceId)).toMatchObject({ outcome: 'intact', entries: 6 });
  await tamper(workspaceId, ids);
  const verdict = await verifyAudit(db, workspaceId);
  expect(verdict.outcome).toBe('broken');
  expect(verdict.fault).toMatchObject(fault(ids));
});

test('a log cut off and sealed anew is found by a head that was kept, and only by it', async () => {
  const { workspaceId, ids } = await sealedLog();
  const kept = (await verifyAudit(db, workspaceId)).head;
  await gate.admin`delete from audit_seals where workspace_id = ${workspaceId} and number = 3`;
  expect((await verifyAudit(db, workspaceId, { kept })).fault).toEqual({ kind: 'cut_off', seal: 2 });
  await gate.admin`update audit_entries set actor_name = 'nobody' where id = ${ids[5] ?? 0}`;
  await sealEverything(workspaceId);
  expect(await verifyAudit(db, workspaceId)).toMatchObject({ outcome: 'intact', entries: 6 });
  expect((await verifyAudit(db, workspaceId, { kept })).fault).toEqual({ kind: 'head_differs', seal: 3 });
});

test('a verification in parts goes on where it stopped, and notices what was changed behind it', async () => {
  const { workspaceId } = await sealedLog();
  const first = await verifyAudit(db, workspaceId, { going: () => false });
  expect(first).toMatchObject({ outcome: 'unfinished', entries: 2, seals: 1 });
  const rest = await verifyAudit(db, workspaceId, { from: first });
  expect(rest).toMatchObject({ outcome: 'intact', entries: 6, seals: 3 });
  await gate.admin`update audit_seals set sealed_at = now() where workspace_id = ${workspaceId} and number = 1`;
  expect((await verifyAudit(db, workspaceId, { from: first })).fault).toEqual({
    kind: 'seal_changed',
    seal: 1,
  });
});

test('what a transaction wrote that began early and commits late is sealed behind nothing that came before', async () => {
  const workspaceId = await emptyWorkspace();
  const written = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const early = db.inWorkspace(workspaceId, async (tx) => {
    await writeAudit(tx, [entry({ early: 1 })]);
    written.resolve();
    await release.promise;
  });
  await written.promise;
  await write(workspaceId, 3);
  // Nothing may be sealed past the transaction that is still under way.
  expect(await sealAudit(db, workspaceId)).toBe(0);
  release.resolve();
  await early;
  await sealEverything(workspaceId);
  expect(await verifyAudit(db, workspaceId)).toMatchObject({ outcome: 'intact', entries: 4 });
});

test('sixteen writers commit out of order beside four sealers, and every entry is sealed exactly once', async () => {
  const workspaceId = await emptyWorkspace();
  const writersDb = Array.from({ length: 16 }, () =>
    postgres(gate.url, { max: 1, connection: { role: 'signalbox_app' } }),
  );
  let writing = true;
  let written = 0;
  let meanwhile = 0;
  const sealers = Array.from({ length: 4 }, async () => {
    while (writing) meanwhile += await sealAudit(db, workspaceId);
  });
  const writers = writersDb.map(async (sql, writer) => {
    // On and on until the sealers have worked beside the writers: a long transaction of anybody on this server keeps
    // them waiting.
    for (let turn = 0; turn < 12 || meanwhile === 0; turn += 1) {
      written += 2;
      await sql.begin(async (tx) => {
        await tx`select set_config('app.workspace', ${workspaceId}, true)`;
        await insertOne(tx, workspaceId, `w${writer}`);
        // The order of commits has nothing to do with the order of ids.
        await delay(Math.random() * 12);
        await insertOne(tx, workspaceId, `w${writer}`);
      });
    }
  });
  await Promise.all(writers);
  writing = false;
  await Promise.all(sealers);
  await sealEverything(workspaceId, 7);
  await Promise.all(writersDb.map((sql) => sql.end({ timeout: 5 })));
  expect(await verifyAudit(db, workspaceId)).toMatchObject({
    outcome: 'intact',
    entries: written,
    unsealed: 0,
  });
  const [sealed] = await gate.admin<{ rows: number; distinct: number }[]>`
    select count(*)::int as rows, count(distinct id)::int as distinct
    from audit_seals, unnest(entry_ids) as id where workspace_id = ${workspaceId}`;
  expect(sealed).toEqual({ rows: written, distinct: written });
});

const insertOne = (tx: postgres.TransactionSql, workspaceId: string, actor: string) => tx`
  insert into audit_entries (workspace_id, actor_kind, actor_name, action, object_kind, object_id)
  values (${workspaceId}, 'user', ${actor}, 'run.created', 'run', '1')`;

test('the application changes and removes neither entries nor seals, and writes in no other transaction', async () => {
  const { workspaceId } = await sealedLog();
  const app = postgres(gate.url, { max: 1, onnotice: () => {}, connection: { role: 'signalbox_app' } });
  const attempt = (statement: string) =>
    app.begin(async (tx) => {
      await tx`select set_config('app.workspace', ${workspaceId}, true)`;
      await tx.unsafe(statement);
    });
  for (const table of ['audit_entries', 'audit_seals']) {
    for (const deed of ['delete from', 'truncate', 'update']) {
      const statement = `${deed} ${table}${deed === 'update' ? " set workspace_id = 'x'" : ''}`;
      await expect(attempt(statement), statement).rejects.toThrow(/permission denied/);
    }
  }
  const values = `('${workspaceId}', '1', 'user', 'x', 'run.created', 'run', '1')`;
  await expect(
    attempt(`insert into audit_entries
      (workspace_id, transaction, actor_kind, actor_name, action, object_kind, object_id) values ${values}`),
  ).rejects.toThrow(/row-level security/);
  await app.end({ timeout: 5 });
});

test('the log of one workspace says nothing of another, and is sealed and verified without it', async () => {
  const here = await sealedLog();
  const there = await sealedLog();
  await gate.admin`delete from audit_entries where id = ${there.ids[0] ?? 0}`;
  expect(await verifyAudit(db, here.workspaceId)).toMatchObject({ outcome: 'intact', entries: 6 });
  expect((await verifyAudit(db, there.workspaceId)).outcome).toBe('broken');
  const seen = await db.inWorkspace(here.workspaceId, (tx) =>
    tx.query.execute<{ workspace_id: string }>('select distinct workspace_id from audit_seals'),
  );
  expect(seen.map((row) => row.workspace_id)).toEqual([here.workspaceId]);
});

test('a workspace whose log came from a server with more transactions is named, and not sealed out of order', async () => {
  const { workspaceId } = await sealedLog();
  await gate.admin`
    update audit_seals set last_transaction = '9000000000000' where workspace_id = ${workspaceId} and number = 3`;
  const round = await sealAll(db);
  expect(round.ahead).toEqual([workspaceId]);
});
