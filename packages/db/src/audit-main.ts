import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { type AuditHead, describeBreak } from '@signalbox/domain/observability/audit-check';
import { type Database, openDatabase } from './client/database.ts';
import { databaseUrl as url } from './env.ts';
import { exportAudit } from './queries/observability/export-audit.ts';
import { verifyAudit } from './queries/observability/verify-audit.ts';
import { verifyExport } from './queries/observability/verify-export.ts';
import { workspaceIds } from './queries/workspace/workspace-ids.ts';

const usage = `Checks and copies the audit log. docs/audit.md says how it is sealed and what an export holds.

  npm run audit -- verify                          the logs of all workspaces
  npm run audit -- verify --workspace ws-default   one of them
  npm run audit -- verify --workspace ws-default --head 12:6b86…
                                                   it must contain the seal 12 with this digest, kept elsewhere
  npm run audit -- verify --file audit.ndjson      an exported file, without a database
  npm run audit -- export --workspace ws-default --file audit.ndjson
                                                   without --file to the standard output

verify ends with the exit code 1 when a log is broken, and names what was tampered with first.
`;

interface Asked {
  readonly verb: string;
  readonly workspace: string | undefined;
  readonly file: string | undefined;
  readonly kept: AuditHead | null;
}

function readArguments(args: string[]): Asked {
  const option = { type: 'string' } as const;
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { workspace: option, file: option, head: option },
    });
    const [verb, ...more] = positionals;
    const { workspace, file, head } = values;
    const kept = head === undefined ? null : readHead(head);
    const one = workspace !== undefined || file !== undefined;
    const wrong =
      more.length > 0 || (verb === 'export' ? workspace === undefined || kept !== null : verb !== 'verify');
    if (verb === undefined || wrong || (kept !== null && !one)) throw new Error(usage);
    return { verb, workspace, file, kept };
  } catch (error) {
    if (error instanceof TypeError) throw new Error(`${error.message}\n\n${usage}`, { cause: error });
    throw error;
  }
}

function readHead(text: string): AuditHead {
  const [, number, digest] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/i.exec(text) ?? [];
  if (number === undefined || digest === undefined) {
    throw new Error('--head is the number of a seal and its digest, such as 12:<64 hexadecimal digits>.');
  }
  return { number: Number(number), digest: digest.toLowerCase() };
}

/** Whether everything is as it was sealed. */
async function main(asked: Asked): Promise<boolean> {
  if (asked.verb === 'verify' && asked.file !== undefined) return verifyFile(asked.file, asked);
  if (url === undefined) throw new Error('Set DATABASE_URL to the database of the API.');
  const db = await openDatabase({ url, name: 'signalbox audit', max: 2 });
  try {
    const all = await workspaceIds(db);
    const wanted = asked.workspace === undefined ? all : all.filter((id) => id === asked.workspace);
    if (asked.workspace !== undefined && wanted.length === 0) {
      throw new Error(`There is no workspace ${asked.workspace}.`);
    }
    if (asked.verb === 'export') {
      for (const id of wanted) await writeExport(db, id, asked.file);
      return true;
    }
    let sound = true;
    for (const id of wanted) sound = (await verifyWorkspace(db, id, asked.kept)) && sound;
    return sound;
  } finally {
    await db.close();
  }
}

async function verifyWorkspace(db: Database, workspace: string, kept: AuditHead | null): Promise<boolean> {
  const verdict = await verifyAudit(db, workspace, { kept });
  const since =
    verdict.oldestUnsealed === null ? '' : `, the oldest of ${verdict.oldestUnsealed.toISOString()}`;
  tell({ ...verdict, workspace, unsealedSince: since, trouble: told(verdict.fault) });
  return verdict.outcome === 'intact';
}

async function verifyFile(file: string, { workspace, kept }: Asked): Promise<boolean> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  const verdict = await verifyExport(lines, kept);
  const foreign = workspace !== undefined && verdict.workspace !== workspace;
  const trouble = foreign
    ? `The file holds the log of ${verdict.workspace ?? 'no workspace'}.`
    : verdict.unreadable === null
      ? told(verdict.fault)
      : `Line ${verdict.unreadable} is not one of an export of ${verdict.workspace ?? 'a workspace'}.`;
  tell({ ...verdict, workspace: verdict.workspace ?? file, unsealedSince: '', trouble });
  return trouble === null;
}

const told = (fault: Parameters<typeof describeBreak>[0] | null) =>
  fault === null ? null : describeBreak(fault);

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function tell(verdict: {
  workspace: string;
  entries: number;
  seals: number;
  head: AuditHead | null;
  sealedAt: string | null;
  unsealed: number;
  unsealedSince: string;
  trouble: string | null;
}): void {
  const { workspace, entries, seals, head, trouble, unsealed } = verdict;
  const sound = `${counted(entries, 'entry', 'entries')} in ${counted(seals, 'seal', 'seals')}`;
  const lines =
    trouble === null
      ? [`${workspace}: intact, ${sound}`]
      : [`${workspace}: BROKEN. ${trouble}`, `  sound before it: ${sound}`];
  if (head !== null) lines.push(`  head ${head.number}:${head.digest} of ${verdict.sealedAt}`);
  if (unsealed > 0)
    lines.push(`  not sealed yet: ${counted(unsealed, 'entry', 'entries')}${verdict.unsealedSince}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function writeExport(db: Database, workspace: string, file: string | undefined): Promise<void> {
  const out: Writable = file === undefined ? process.stdout : createWriteStream(file, { mode: 0o600 });
  if (file !== undefined) await once(out, 'open');
  for await (const lines of exportAudit(db, workspace)) {
    if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain');
  }
  if (file === undefined) return;
  out.end();
  await once(out, 'finish');
  process.stdout.write(`${workspace}: written to ${file}\n`);
}

/** `npm run audit`: verifies or exports the audit log; a failure is told in one line. */
try {
  if (!(await main(readArguments(process.argv.slice(2))))) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
