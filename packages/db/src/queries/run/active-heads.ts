import { activeStatuses } from '@signalbox/domain/run/lifecycle';
import { and, eq, inArray, or, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';
import { runs } from '../../schema/run.ts';

/** The number of the newest event of each run that has not ended, and of those named. */
export async function activeRunHeads(
  tx: WorkspaceTransaction,
  runIds: readonly number[],
): Promise<{ readonly runId: number; readonly seq: number }[]> {
  return tx.query
    .select({ runId: runs.id, seq: runs.eventSeq })
    .from(runs)
    .where(
      and(
        eq(runs.workspaceId, tx.workspaceId),
        or(inArray(runs.status, [...activeStatuses]), sql`${runs.id} = any (${bigints(runIds)})`),
      ),
    );
}
