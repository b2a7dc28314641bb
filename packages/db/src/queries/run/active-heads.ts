import { activeStatuses } from '@signalbox/domain/run/lifecycle';
import { and, eq, inArray, or, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';
import { runs } from '../../schema/run.ts';

/** Where the history of a run stands. */
export interface ActiveHead {
  readonly runId: number;
  /** The number of its newest event. */
  readonly seq: number;
  readonly active: boolean;
}

/** The heads of all runs that have not ended, and of those named. */
export async function activeRunHeads(
  tx: WorkspaceTransaction,
  runIds: readonly number[],
): Promise<ActiveHead[]> {
  const active = inArray(runs.status, [...activeStatuses]);
  return tx.query
    .select({ runId: runs.id, seq: runs.eventSeq, active: sql<boolean>`${active}` })
    .from(runs)
    .where(and(eq(runs.workspaceId, tx.workspaceId), or(active, sql`${runs.id} = any (${bigints(runIds)})`)));
}
