import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Database } from '@signalbox/db/client/database';
import { sha256 } from '@signalbox/db/client/sha256';
import { sealAudit } from '@signalbox/db/commands/observability/seal-audit';
import { writeAudit } from '@signalbox/db/commands/observability/write-audit';
import { exportAudit } from '@signalbox/db/queries/observability/export-audit';
import { verifyAudit } from '@signalbox/db/queries/observability/verify-audit';
import { verifyExport } from '@signalbox/db/queries/observability/verify-export';
import { uniqueName } from '@signalbox/testing/fixtures/workspace';
import { waitUntil } from '@signalbox/testing/wait-until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase } from '../gate/gate-database.ts';

const command = fileURLToPath(new URL('../../src/audit-main.ts', import.meta.url));

let gate: GateDatabase;
let db: Database;
let directory: string;
let workspaceId: string;

beforeAll(async () => {
  gate = await openGateDatabase();
  db = gate.db;
  directory = await mkdtemp(join(tmpdir(), 'signalbox-audit-'));
  workspaceId = uniqueName('ws');
  await gate.admin`insert into workspaces (id, name, tier) values (${workspaceId}, ${workspaceId}, 'free')`;
  for (let count = 0; count < 5; count += 1) await write({ count, text: 'naïve "ids" 🚂\n' });
  await waitUntil('five entries to be sealed', async () => {
    await sealAudit(db, workspaceId, { largest: 2 });
    return (await verifyAudit(db, workspaceId)).unsealed === 0;
  });
  await write({ late: true });
});
afterAll(async () => {
  await rm(directory, { recursive: true });
  await gate.close();
});

const write = (details: Record<string, string | number | boolean>): Promise<void> =>
  db.inWorkspace(workspaceId, (tx) =>
    writeAudit(tx, [
      {
        actor: { kind: 'user', name: 'dana' },
        action: 'tenant.created',
        object: { kind: 'tenant', id: '1' },
        details,
      },
    ]),
  );

async function exported(): Promise<string[]> {
  const lines: string[] = [];
  for await (const page of exportAudit(db, workspaceId)) lines.push(...page);
  return lines;
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

/** The command as an operator gives it. */
async function audit(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, DATABASE_URL: gate.url };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [command, ...args], { env });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

test('an export is checked without the database, and says the same as the database', async () => {
  const lines = await exported();
  const kinds = lines.map((line) => (JSON.parse(line) as { type: string }).type);
  expect(kinds.join(' ')).toBe('entry entry seal entry entry seal entry seal head entry');
  const { head } = await verifyAudit(db, workspaceId);
  expect(await verifyExport(each(lines), head)).toMatchObject({
    ...{ workspace: workspaceId, entries: 5, seals: 3, head, unsealed: 1, fault: null, unreadable: null },
  });
});

test('who knows SHA-256 and JSON and nothing of Signalbox can check it, as the documentation says', async () => {
  let previous = '0'.repeat(64);
  let open: string[] = [];
  for (const text of await exported()) {
    const line = JSON.parse(text);
    if (line.type === 'entry') open.push(sha256(text));
    if (line.type === 'seal') {
      expect(line.previous).toBe(previous);
      expect(line.entries.map(([, digest]: [number, string]) => digest)).toEqual(open);
      previous = sha256(text);
      open = [];
    }
    if (line.type === 'head') {
      expect(line.head.digest).toBe(previous);
      break;
    }
  }
});

test('whichever line of the sealed part is changed, left out, doubled or moved, the check finds it', async () => {
  const lines = await exported();
  const end = lines.findIndex((line) => line.includes('"type":"head"'));
  const kept = (await verifyAudit(db, workspaceId)).head;
  for (let at = 0; at <= end; at += 1) {
    const line = lines[at] ?? '';
    const changed: Record<string, string[]> = {
      changed: lines.with(
        at,
        line.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10)),
      ),
      removed: lines.toSpliced(at, 1),
      doubled: lines.toSpliced(at, 0, line),
      moved: lines.toSpliced(at, 1).toSpliced(Math.max(0, at - 1) === at ? 1 : Math.max(0, at - 1), 0, line),
      cut: lines.slice(0, at),
      broken: lines.with(at, line.slice(0, -1)),
    };
    for (const [deed, forged] of Object.entries(changed)) {
      if (forged.join() === lines.join()) continue;
      const { fault, unreadable } = await verifyExport(each(forged), kept);
      expect(fault ?? unreadable, `line ${at} ${deed}`).not.toBeNull();
    }
  }
});

test('the first entry that was changed in a file is named', async () => {
  const lines = await exported();
  const forged = lines.with(3, (lines[3] ?? '').replace('dana', 'eve'));
  const { id } = JSON.parse(lines[3] ?? '') as { id: number };
  const verdict = await verifyExport(each(forged), null);
  expect(verdict.fault).toMatchObject({ kind: 'entry_changed', entryId: id, seal: 2 });
});

test('the command verifies and exports, and ends with 1 and the name of the entry when a log is broken', async () => {
  const { head } = await verifyAudit(db, workspaceId);
  const kept = `${head?.number}:${head?.digest}`;
  const sound = await audit('verify', '--workspace', workspaceId, '--head', kept);
  expect(sound).toMatchObject({ code: 0, err: '' });
  expect(sound.out).toContain(`${workspaceId}: intact, 5 entries in 3 seals`);
  expect(sound.out).toContain(`head ${kept} of `);
  expect(sound.out).toContain('not sealed yet: 1 entry');

  const file = join(directory, 'audit.ndjson');
  expect(await audit('export', '--workspace', workspaceId, '--file', file)).toMatchObject({ code: 0 });
  const piped = await audit('export', '--workspace', workspaceId);
  expect(piped.out).toBe(await readFile(file, 'utf8'));
  expect((await audit('verify', '--file', file)).out).toContain('intact, 5 entries in 3 seals');

  await writeFile(file, piped.out.replace('"count":3', '"count":4'));
  const forged = await audit('verify', '--file', file);
  expect(forged.code).toBe(1);
  expect(forged.out).toMatch(/BROKEN\. Entry \d+ was changed after seal 2/);

  const [row] = await gate.admin<{ id: string }[]>`
    update audit_entries set actor_name = 'eve' where workspace_id = ${workspaceId} and details ->> 'count' = '1'
    returning id`;
  const broken = await audit('verify');
  expect(broken.code).toBe(1);
  expect(broken.out).toContain(`BROKEN. Entry ${row?.id} was changed`);
  await gate.admin`update audit_entries set actor_name = 'dana' where id = ${row?.id ?? 0}`;
  expect(await audit('verify')).toMatchObject({ code: 0 });
});

test('a command that cannot be carried out says why and ends with 2', async () => {
  for (const args of [
    [],
    ['sign'],
    ['verify', 'more'],
    ['export'],
    ['verify', '--head', `1:${'0'.repeat(64)}`],
  ]) {
    const { code, err } = await audit(...args);
    expect(code, args.join(' ')).toBe(2);
    expect(err).toContain('npm run audit -- verify');
  }
  expect(await audit('verify', '--workspace', 'ws-no-such')).toMatchObject({
    code: 2,
    err: 'There is no workspace ws-no-such.\n',
  });
  expect((await audit('verify', '--file', '/no/such/file')).code).toBe(2);
  expect((await audit('verify', '--workspace', workspaceId, '--head', '1:zz')).code).toBe(2);
});
