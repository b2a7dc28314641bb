import type { AuditHead } from '@signalbox/domain/observability/audit-check';
import { entryLine } from '@signalbox/domain/observability/audit-line';
import type { Database } from '../../client/database.ts';
import { sealedPieces } from './audit-pieces.ts';
import { beforeAll, entriesBetween } from './audit-rows.ts';

/** The line that closes the sealed part of an export. */
export interface HeadLine {
  readonly type: 'head';
  readonly v: 1;
  readonly workspace: string;
  /** Null while nothing is sealed. */
  readonly head: AuditHead | null;
}

const pageSize = 2_000;

/**
 * The log of a workspace as lines, some at a time: every entry in the order of sealing, each seal after its entries,
 * then the head, then what is not sealed yet. Nothing is held in memory but a page.
 */
export async function* exportAudit(db: Database, workspaceId: string): AsyncGenerator<string[]> {
  const pages = sealedPieces(db, workspaceId, null);
  let head: AuditHead | null = null;
  let page = await pages.next();
  for (; page.done !== true; page = await pages.next()) {
    const seal = page.value.at(-1);
    if (seal?.kind === 'seal') head = { number: seal.seal.number, digest: seal.digest };
    yield page.value.map(({ line }) => line);
  }
  const line: HeadLine = { type: 'head', v: 1, workspace: workspaceId, head };
  yield [JSON.stringify(line)];
  let after = page.value?.last ?? beforeAll;
  for (;;) {
    const range = { after, upTo: 'end' } as const;
    const entries = await db.inWorkspace(workspaceId, (tx) => entriesBetween(tx, range, pageSize));
    const last = entries.at(-1);
    if (last === undefined) return;
    yield entries.map(entryLine);
    if (entries.length < pageSize) return;
    after = last;
  }
}
