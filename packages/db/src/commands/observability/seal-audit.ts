import { entryLine, noSeal, type SealFacts, sealLine } from '@signalbox/domain/observability/audit-line';
import { sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { sha256 } from '../../client/sha256.ts';
import {
  beforeAll,
  entriesBetween,
  exactMoment,
  newestSeal,
} from '../../queries/observability/audit-rows.ts';

/** Entries in one seal at most: one transaction stays short, however much there is to seal. */
const largestSeal = 1_000;

/** Workspaces looked up at once. */
const listed = 200;

export interface SealOptions {
  /** Entries in one seal at most; 1,000 unless said. */
  readonly largest?: number;
}

/**
 * Puts one seal on the oldest entries of a workspace that have none, in the order of (transaction, id) and only below
 * the oldest transaction still under way: no later commit can put an entry among them. Writers hold and wait for no
 * lock; of several sealers one goes on and the others leave. Answers how many entries were sealed.
 */
export async function sealAudit(
  db: Database,
  workspaceId: string,
  { largest = largestSeal }: SealOptions = {},
): Promise<number> {
  return db.inWorkspace(workspaceId, async (tx) => {
    // A statement of its own: what is read after it sees everything that the sealer before has committed.
    const [lock] = await tx.query.execute<{ got: boolean; now: string }>(sql`
      select pg_try_advisory_xact_lock(hashtextextended(${`signalbox.audit:${workspaceId}`}, 0)) as got,
        ${exactMoment(sql`clock_timestamp()`)} as now`);
    if (lock?.got !== true) return 0;
    const last = await newestSeal(tx);
    const entries = await entriesBetween(tx, { after: last?.last ?? beforeAll, upTo: 'settled' }, largest);
    const [first, final] = [entries[0], entries.at(-1)];
    if (first === undefined || final === undefined) return 0;
    const seal: SealFacts = {
      workspace: workspaceId,
      number: (last?.number ?? 0) + 1,
      previous: last?.digest ?? noSeal,
      first: { transaction: first.transaction, id: first.id },
      last: { transaction: final.transaction, id: final.id },
      count: entries.length,
      entries: entries.map((entry) => [entry.id, sha256(entryLine(entry))] as const),
      sealedAt: lock.now,
    };
    await insertSeal(tx, seal);
    return entries.length;
  });
}

async function insertSeal(tx: WorkspaceTransaction, seal: SealFacts): Promise<void> {
  const ids = `{${seal.entries.map(([id]) => id).join(',')}}`;
  const digests = seal.entries.map(([, digest]) => digest).join('');
  await tx.query.execute(sql`
    insert into audit_seals (workspace_id, number, first_transaction, first_id, last_transaction, last_id, entries,
      entry_ids, entry_digests, previous, digest, sealed_at)
    values (${tx.workspaceId}, ${seal.number}, ${seal.first.transaction}::xid8, ${seal.first.id},
      ${seal.last.transaction}::xid8, ${seal.last.id}, ${seal.count}, ${ids}::bigint[], decode(${digests}, 'hex'),
      decode(${seal.previous}, 'hex'), decode(${sha256(sealLine(seal))}, 'hex'), ${seal.sealedAt}::timestamptz)`);
}

/** What became of one round over all workspaces. */
export interface SealRound {
  readonly entries: number;
  /** Workspaces whose last seal lies after every transaction of this server: the data came from another one. */
  readonly ahead: readonly string[];
  readonly failures: readonly { readonly workspaceId: string; readonly error: unknown }[];
}

/** Seals what can be sealed in every workspace. One that fails holds up none of the others. */
export async function sealAll(db: Database, going: () => boolean = () => true): Promise<SealRound> {
  let entries = 0;
  const ahead: string[] = [];
  const failures: { workspaceId: string; error: unknown }[] = [];
  for (let after = ''; ; ) {
    const due = await db.asSystem((tx) =>
      tx.query.execute<{ workspaceId: string; ahead: boolean }>(sql`
        select workspace_id as "workspaceId", ahead from system_unsealed_workspaces(${after}, ${listed})`),
    );
    for (const { workspaceId, ahead: isAhead } of due) {
      if (isAhead) ahead.push(workspaceId);
      try {
        for (let sealed = largestSeal; !isAhead && sealed === largestSeal && going(); ) {
          sealed = await sealAudit(db, workspaceId);
          entries += sealed;
        }
      } catch (error) {
        failures.push({ workspaceId, error });
      }
    }
    const last = due.at(-1);
    if (last === undefined || due.length < listed || !going()) return { entries, ahead, failures };
    after = last.workspaceId;
  }
}
