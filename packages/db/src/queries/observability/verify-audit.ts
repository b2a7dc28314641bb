import {
  type AuditBreak,
  type AuditCheck,
  type AuditHead,
  beginCheck,
  checkEntries,
  checkSeal,
  endCheck,
} from '@signalbox/domain/observability/audit-check';
import { sealLine } from '@signalbox/domain/observability/audit-line';
import { sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { sha256 } from '../../client/sha256.ts';
import { type AuditPiece, sealedPieces } from './audit-pieces.ts';
import { beforeAll, newestSeal, sealsAfter } from './audit-rows.ts';

/** How far a verification came: what the next part goes on from. */
export type AuditProgress = Pick<AuditCheck, 'entries' | 'seals' | 'head' | 'sealedAt'>;

/** What a verification found. */
export interface AuditVerdict extends AuditProgress {
  readonly outcome: 'intact' | 'broken' | 'unfinished';
  readonly fault: AuditBreak | null;
  /** Entries that no seal covers yet, and when the oldest of them was written. */
  readonly unsealed: number;
  readonly oldestUnsealed: Date | null;
}

export interface VerifyOptions {
  /** A head that was kept elsewhere; the log must contain it. */
  readonly kept?: AuditHead | null;
  /** Where an earlier part ended. */
  readonly from?: AuditProgress;
  /** Asked between two seals; false ends this part with `unfinished`. */
  readonly going?: () => boolean;
}

/**
 * Reads the log of a workspace from its beginning and compares each entry and seal with what was sealed. It ends at the
 * first fault. Writers and the sealer go on meanwhile.
 */
export async function verifyAudit(
  db: Database,
  workspaceId: string,
  { kept = null, from, going = () => true }: VerifyOptions = {},
): Promise<AuditVerdict> {
  let check = beginCheck({ kept, ...(from !== undefined && { from }) });
  const start = await sealOf(db, workspaceId, from?.head ?? null);
  if (start === 'changed') {
    return verdict(db, workspaceId, {
      ...check,
      broken: { kind: 'seal_changed', seal: check.head?.number ?? 0 },
    });
  }
  const pages = sealedPieces(db, workspaceId, start);
  for await (const page of pages) {
    check = checkPage(check, page);
    if (check.broken !== null) return verdict(db, workspaceId, check);
    if (!going() && (await more(db, workspaceId, check)))
      return { ...progress(check), outcome: 'unfinished', fault: null, unsealed: 0, oldestUnsealed: null };
  }
  return verdict(db, workspaceId, endCheck(check));
}

function checkPage(check: AuditCheck, page: readonly AuditPiece[]): AuditCheck {
  const entries = page.filter((piece) => piece.kind === 'entry');
  const seal = page.find((piece) => piece.kind === 'seal');
  const checked = checkEntries(check, entries);
  if (seal === undefined) return checked;
  const { digest: stored, ...facts } = seal.seal;
  return checkSeal(checked, { facts, digest: seal.digest, stored });
}

/** Where to go on from a seal that was found sound, if it still is. */
async function sealOf(db: Database, workspaceId: string, head: AuditHead | null) {
  if (head === null) return null;
  const [seal] = await db.inWorkspace(workspaceId, (tx) => sealsAfter(tx, head.number - 1, 1));
  if (seal === undefined) return 'changed';
  const { digest: _, ...facts } = seal;
  if (seal.number !== head.number || sha256(sealLine(facts)) !== head.digest) return 'changed';
  return { number: seal.number, last: seal.last };
}

const more = (db: Database, workspaceId: string, { head }: AuditCheck): Promise<boolean> =>
  db.inWorkspace(workspaceId, async (tx) => (await sealsAfter(tx, head?.number ?? 0, 1)).length > 0);

const progress = ({ entries, seals, head, sealedAt }: AuditCheck): AuditProgress => ({
  ...{ entries, seals, head, sealedAt },
});

async function verdict(db: Database, workspaceId: string, check: AuditCheck): Promise<AuditVerdict> {
  return {
    ...progress(check),
    outcome: check.broken === null ? 'intact' : 'broken',
    fault: check.broken,
    ...(await db.inWorkspace(workspaceId, notSealedYet)),
  };
}

async function notSealedYet(tx: WorkspaceTransaction) {
  const last = (await newestSeal(tx))?.last ?? beforeAll;
  const [row] = await tx.query.execute<{ entries: string; oldest: string | null }>(sql`
    select count(*) as entries, min(created_at) as oldest from audit_entries
    where workspace_id = ${tx.workspaceId} and (transaction, id) > (${last.transaction}::xid8, ${last.id}::bigint)`);
  return {
    unsealed: Number(row?.entries ?? 0),
    oldestUnsealed: row?.oldest == null ? null : new Date(row.oldest),
  };
}

/** The newest seal, as an operator keeps it elsewhere. Null while nothing is sealed. */
export async function auditHead(db: Database, workspaceId: string) {
  return db.inWorkspace(workspaceId, async (tx) => {
    const seal = await newestSeal(tx);
    if (seal === null) return null;
    const { digest: stored, ...facts } = seal;
    const [row] = await tx.query.execute<{ entries: string }>(sql`
      select sum(entries) as entries from audit_seals where workspace_id = ${tx.workspaceId}`);
    return { ...facts, digest: stored, sealedEntries: Number(row?.entries ?? 0) };
  });
}
