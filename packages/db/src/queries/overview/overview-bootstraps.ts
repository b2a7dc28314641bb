import type { Principal } from '@signalbox/domain/access/principal';
import { reasonRule } from '@signalbox/domain/gate/reasons';
import type { AttentionFacts } from '@signalbox/domain/overview/attention';
import { waitingLongMs } from '@signalbox/domain/overview/thresholds';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { interval } from '../../client/rows.ts';
import { tenants } from '../../schema/inventory.ts';
import { planItems, plans } from '../../schema/plan.ts';
import { itemsVisibleTo } from '../plan/plans.ts';

/** Bootstraps that have stood still for long, the longest first, with what the next operation waits for. */
export async function bootstrapsWaiting(
  tx: WorkspaceTransaction,
  principal: Principal,
  most: number,
): Promise<AttentionFacts['bootstraps']> {
  const rows = await tx.query
    .select({
      operation: planItems.operation,
      tenant: { id: tenants.id, name: tenants.name },
      cause: planItems.waitCause,
      message: planItems.message,
      since: planItems.waitSince,
    })
    .from(plans)
    .innerJoin(planItems, and(eq(planItems.workspaceId, plans.workspaceId), eq(planItems.planId, plans.id)))
    .innerJoin(tenants, and(eq(tenants.workspaceId, plans.workspaceId), eq(tenants.id, planItems.tenantId)))
    .where(
      and(
        eq(plans.workspaceId, tx.workspaceId),
        eq(plans.kind, 'bootstrap'),
        // In the words of the indexes: only work that is left is looked at.
        sql`${plans.status} = 'working' and ${planItems.status} = 'waiting'`,
        sql`${planItems.waitSince} < now() - ${interval(waitingLongMs)}`,
        itemsVisibleTo(principal),
      ),
    )
    .orderBy(asc(planItems.waitSince))
    .limit(most);
  return rows.flatMap(({ cause, message, since, ...row }) =>
    cause === null || since === null ? [] : [{ ...row, at: since, why: message ?? reasonRule(cause).text }],
  );
}
