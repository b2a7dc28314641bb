import type { Principal } from '@signalbox/domain/access/principal';
import type { AttentionFacts } from '@signalbox/domain/overview/attention';
import { counted } from '@signalbox/domain/overview/counted-runs';
import { waitingLongMs } from '@signalbox/domain/overview/thresholds';
import { and, asc, eq, lt, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { interval } from '../../client/rows.ts';
import { planItems, plans } from '../../schema/plan.ts';
import { itemsVisibleTo } from '../plan/plans.ts';

/** Bulk actions of which something has waited for long, the longest first, with all their items that wait. */
export async function bulkWaiting(
  tx: WorkspaceTransaction,
  principal: Principal,
  most: number,
): Promise<AttentionFacts['bulk']> {
  // Before an item was tried it waits since the bulk action was made.
  const since = sql<string>`min(coalesce(${planItems.waitSince}, ${plans.createdAt}))`;
  const rows = await tx.query
    .select({ id: plans.id, since, waiting: sql<number>`count(*)::int` })
    .from(plans)
    .innerJoin(planItems, and(eq(planItems.workspaceId, plans.workspaceId), eq(planItems.planId, plans.id)))
    .where(
      and(
        eq(plans.workspaceId, tx.workspaceId),
        eq(plans.kind, 'bulk'),
        // In the words of the indexes: only work that is left is looked at.
        sql`${plans.status} = 'working' and ${planItems.status} = 'waiting'`,
        itemsVisibleTo(principal),
      ),
    )
    .groupBy(plans.id)
    .having(lt(since, sql`now() - ${interval(waitingLongMs)}`))
    .orderBy(asc(since))
    .limit(most);
  return rows.map(({ id, since: at, waiting }) => ({ id, at: new Date(at), waiting: counted(waiting) }));
}
