import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { ItemOutcome } from '@signalbox/domain/run/counts';
import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { runItems } from '../../schema/run.ts';

/** The result of an item; a detail that was not recorded is an empty one. */
export interface SettledItem {
  readonly key: string;
  readonly outcome: ItemOutcome;
  readonly detail: JsonObject;
}

/** Results of a run's items over all its attempts, in order. */
export async function settledItems(tx: WorkspaceTransaction, runId: number): Promise<SettledItem[]> {
  return tx.query
    .select({
      key: runItems.key,
      outcome: sql<ItemOutcome>`${runItems.outcome}`,
      detail: sql<JsonObject>`coalesce(${runItems.detail}, '{}')`,
    })
    .from(runItems)
    .where(and(eq(runItems.runId, runId), isNotNull(runItems.outcome)))
    .orderBy(asc(runItems.position));
}
