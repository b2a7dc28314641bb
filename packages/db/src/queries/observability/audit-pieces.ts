import { type AuditPosition, entryLine, sealLine } from '@signalbox/domain/observability/audit-line';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { sha256 } from '../../client/sha256.ts';
import { beforeAll, entriesBetween, type StoredSeal, sealsAfter } from './audit-rows.ts';

/** Seals read in one transaction, and entries read by one statement. */
const sealsAtOnce = 8;
const entriesAtOnce = 2_000;

/** A line of the log: an entry, or the seal over the entries since the one before. */
export type AuditPiece =
  | { readonly kind: 'entry'; readonly line: string; readonly digest: string; readonly id: number }
  | { readonly kind: 'seal'; readonly line: string; readonly digest: string; readonly seal: StoredSeal };

/** The pieces of a log behind one seal, in order: each seal after its entries. Some seals at a time. */
export async function* sealedPieces(
  db: Database,
  workspaceId: string,
  from: { readonly number: number; readonly last: AuditPosition } | null,
): AsyncGenerator<AuditPiece[], { readonly number: number; readonly last: AuditPosition } | null> {
  let at = from;
  for (;;) {
    const seals = await db.inWorkspace(workspaceId, (tx) => sealsAfter(tx, at?.number ?? 0, sealsAtOnce));
    for (const seal of seals) {
      yield await db.inWorkspace(workspaceId, (tx) => piecesOf(tx, at?.last ?? beforeAll, seal));
      at = { number: seal.number, last: seal.last };
    }
    if (seals.length < sealsAtOnce) return at;
  }
}

async function piecesOf(
  tx: WorkspaceTransaction,
  after: AuditPosition,
  seal: StoredSeal,
): Promise<AuditPiece[]> {
  const pieces: AuditPiece[] = [];
  for (let position: AuditPosition | undefined = after; position !== undefined; ) {
    const entries = await entriesBetween(tx, { after: position, upTo: seal.last }, entriesAtOnce);
    for (const entry of entries) {
      const line = entryLine(entry);
      pieces.push({ kind: 'entry', line, digest: sha256(line), id: entry.id });
    }
    position = entries.length < entriesAtOnce ? undefined : entries.at(-1);
  }
  const { digest: _, ...facts } = seal;
  const line = sealLine(facts);
  pieces.push({ kind: 'seal', line, digest: sha256(line), seal });
  return pieces;
}
