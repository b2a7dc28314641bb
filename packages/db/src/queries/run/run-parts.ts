import type { ItemOutcome } from '@signalbox/domain/run/counts';
import type { RunEventBody } from '@signalbox/domain/run/events';
import { and, asc, eq, gt, isNull, type SQL } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { runEvents, runItems, runLogs, runSteps, runs } from '../../schema/run.ts';
import { scopeClaims } from '../../schema/scope-claim.ts';

/** The durable steps of a run, in order. */
export async function runStepsOf(tx: WorkspaceTransaction, runId: number) {
  return tx.query.select().from(runSteps).where(eq(runSteps.runId, runId)).orderBy(asc(runSteps.position));
}

/** Which items to list: those with a result of some kind, or those without one yet. */
export type ItemFilter = ItemOutcome | 'remaining';

/** Items of a run after a position, in order. One more than asked for tells whether there is a next page. */
export async function runItemsOf(
  tx: WorkspaceTransaction,
  runId: number,
  ask: { readonly filter?: ItemFilter | undefined; readonly after: number; readonly limit: number },
) {
  return tx.query
    .select()
    .from(runItems)
    .where(and(eq(runItems.runId, runId), matches(ask.filter), gt(runItems.position, ask.after)))
    .orderBy(asc(runItems.position))
    .limit(ask.limit);
}

function matches(filter: ItemFilter | undefined): SQL | undefined {
  if (filter === undefined) return undefined;
  return filter === 'remaining' ? isNull(runItems.outcome) : eq(runItems.outcome, filter);
}

/** Keys of the items that failed, in order. */
export async function failedItemKeys(tx: WorkspaceTransaction, runId: number): Promise<string[]> {
  const rows = await tx.query
    .select({ key: runItems.key })
    .from(runItems)
    .where(and(eq(runItems.runId, runId), eq(runItems.outcome, 'failed')))
    .orderBy(asc(runItems.position));
  return rows.map((row) => row.key);
}

/** One event of a run; the text of a log chunk stands beside it. */
export interface RunEventRow {
  readonly seq: number;
  readonly at: Date;
  readonly event: RunEventBody;
  readonly text: string | null;
  /** The number of its first line in the log; null for what is no log. */
  readonly line: number | null;
}

/** Events of a run after a number, oldest first. */
export async function runEventsOf(
  tx: WorkspaceTransaction,
  runId: number,
  ask: { readonly after: number; readonly limit: number },
): Promise<RunEventRow[]> {
  const rows = await tx.query
    .select({
      seq: runEvents.seq,
      at: runEvents.at,
      kind: runEvents.kind,
      data: runEvents.data,
      text: runLogs.text,
      line: runLogs.firstLine,
    })
    .from(runEvents)
    .leftJoin(
      runLogs,
      and(
        eq(runLogs.workspaceId, runEvents.workspaceId),
        eq(runLogs.runId, runEvents.runId),
        eq(runLogs.seq, runEvents.seq),
      ),
    )
    .where(and(eq(runEvents.runId, runId), gt(runEvents.seq, ask.after)))
    .orderBy(asc(runEvents.seq))
    .limit(ask.limit);
  return rows.map(({ seq, at, kind, data, text, line }) => ({
    seq,
    at,
    text,
    line,
    event: { kind, data } as RunEventBody,
  }));
}

/** The protected scopes a run holds now. */
export async function scopesOf(tx: WorkspaceTransaction, runId: number): Promise<string[]> {
  const rows = await tx.query
    .select({ key: scopeClaims.scopeKey })
    .from(scopeClaims)
    .where(eq(scopeClaims.runId, runId));
  return rows.map((row) => row.key);
}

/** Runs that are linked to a run: the one it came from and those made from it. */
export async function lineageOf(
  tx: WorkspaceTransaction,
  run: { readonly id: number; readonly parentRunId: number | null },
) {
  const columns = { runId: runs.id, linkKind: runs.linkKind, status: runs.status };
  const children = await tx.query
    .select(columns)
    .from(runs)
    .where(eq(runs.parentRunId, run.id))
    .orderBy(asc(runs.id))
    .limit(50);
  if (run.parentRunId === null) return { parent: null, children };
  const [parent] = await tx.query.select(columns).from(runs).where(eq(runs.id, run.parentRunId));
  return { parent: parent ?? null, children };
}
