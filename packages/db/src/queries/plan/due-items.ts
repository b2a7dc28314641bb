import type { BulkAction } from '@signalbox/domain/plan/bulk-action';
import { and, eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { plans } from '../../schema/plan.ts';
import type { Initiator } from '../access/initiator-now.ts';

/** What an advance needs to know of a bulk action that still works. */
export interface OpenPlan {
  readonly id: number;
  readonly action: BulkAction;
  readonly reason: string | null;
  readonly initiator: Initiator;
  readonly requestId: string | null;
}

/** An item that may be tried now. */
export interface DueItem {
  readonly id: number;
  readonly sourceRunId: number;
}

/** The bulk action while it works; null when it has ended or was aborted. */
export async function openPlan(tx: WorkspaceTransaction, planId: number): Promise<OpenPlan | null> {
  const [row] = await tx.query
    .select({
      id: plans.id,
      action: sql<BulkAction>`${plans.action}`,
      reason: plans.reason,
      initiator: {
        userId: plans.initiatorUserId,
        username: plans.initiatorName,
        keyId: plans.initiatorKeyId,
      },
      requestId: plans.requestId,
    })
    .from(plans)
    .where(and(eq(plans.workspaceId, tx.workspaceId), eq(plans.id, planId), eq(plans.status, 'working')));
  return row ?? null;
}

/**
 * Items that may be tried now, in order: those never tried, those whose throttle is over, and of the ones that wait
 * for a scope which is free the one that waits longest. Only one of those can be admitted, so the others are spared.
 */
export async function dueItems(tx: WorkspaceTransaction, planId: number, limit: number): Promise<DueItem[]> {
  const rows = await tx.query.execute<{ id: string; source: string }>(sql`
    select i.id, i.source_run_id as source from plan_items i
    where i.workspace_id = ${tx.workspaceId} and i.plan_id = ${planId} and i.status = 'waiting' and (
      i.wait_cause is null
      or (i.wait_cause = 'throttled' and i.wait_until <= now())
      or (i.wait_scope is not null
        and not exists (
          select from scope_claims c where c.workspace_id = ${tx.workspaceId} and c.scope_key = i.wait_scope)
        and i.id = (
          select o.id from plan_items o
          where o.workspace_id = ${tx.workspaceId} and o.wait_scope = i.wait_scope and o.status = 'waiting'
            and o.plan_id = ${planId}
          order by o.wait_since, o.id limit 1)))
    order by i.position limit ${limit}`);
  return rows.map((row) => ({ id: Number(row.id), sourceRunId: Number(row.source) }));
}
