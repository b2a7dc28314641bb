import type { Principal } from '@signalbox/domain/access/principal';
import { type BulkFacts, largestBulk } from '@signalbox/domain/plan/bulk-action';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';
import { runs } from '../../schema/run.ts';
import { visibleTo } from '../run/get-run.ts';
import { planForValues, type RunFilter, runsMeant } from '../run/run-filter.ts';

/** The runs a bulk action is about: those named, or all that match a filter. */
export type BulkSelection =
  | { readonly kind: 'ids'; readonly runIds: readonly number[] }
  | { readonly kind: 'filter'; readonly filter: RunFilter };

/** A chosen run, as far as a bulk action must know it beforehand. */
export interface ChosenRun extends BulkFacts {
  readonly id: number;
  readonly tenantId: number | null;
}

/**
 * The runs of a selection that the caller may see, oldest first. One more than a bulk action takes tells that there
 * are too many.
 */
export async function chosenRuns(
  tx: WorkspaceTransaction,
  principal: Principal,
  selection: BulkSelection,
): Promise<ChosenRun[]> {
  if (selection.kind === 'filter') await planForValues(tx);
  const meant =
    selection.kind === 'filter'
      ? runsMeant(tx, principal, selection.filter)
      : and(
          eq(runs.workspaceId, tx.workspaceId),
          sql`${runs.id} = any (${bigints(selection.runIds)})`,
          visibleTo(principal),
        );
  return tx.query
    .select({
      id: runs.id,
      tenantId: runs.tenantId,
      operation: runs.operation,
      status: runs.status,
      failedItems: runs.failed,
      cancelRequestedAt: runs.cancelRequestedAt,
    })
    .from(runs)
    .where(meant)
    .orderBy(asc(runs.createdAt), asc(runs.id))
    .limit(largestBulk + 1);
}
