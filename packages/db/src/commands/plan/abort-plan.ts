import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import { and, eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { itemsVisibleTo } from '../../queries/plan/plans.ts';
import { planItems } from '../../schema/plan.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { wakeNext } from './wake-next.ts';

/** What became of an abort. */
export type AbortResult =
  | { readonly kind: 'aborted'; readonly items: number }
  /** It has ended, was aborted before, or has nothing left that waits. */
  | { readonly kind: 'ended' };

/**
 * Stops a bulk action: no item that waits and that the caller may see is tried any more. Items about other tenants go
 * on, and the bulk action with them. What was started or cancelled stays so. The locks of the items decide the race with an advance: whoever comes second sees what the first one left.
 */
export async function abortPlan(
  tx: WorkspaceTransaction,
  principal: Principal,
  abort: { readonly planId: number; readonly reason: string | null; readonly requestId: string | null },
): Promise<AbortResult> {
  const { planId, reason, requestId } = abort;
  const waiting = and(
    eq(planItems.workspaceId, tx.workspaceId),
    eq(planItems.planId, planId),
    sql`${planItems.status} = 'waiting'`,
  );
  const theirs = and(waiting, itemsVisibleTo(principal));
  const [open] = await tx.query.execute(sql`
    select id from plans where workspace_id = ${tx.workspaceId} and id = ${planId} and status = 'working' for update`);
  if (open === undefined) return { kind: 'ended' };
  await tx.query.execute(sql`
    select id from ${planItems} where ${theirs} order by id for update`);
  const stopped = await tx.query.execute<{ scope: string | null }>(sql`
    update ${planItems} set status = 'aborted', finished_at = now()
    where ${theirs} returning wait_scope as scope`);
  if (stopped.length === 0) return { kind: 'ended' };
  const left = sql`exists (select from ${planItems} where ${waiting})`;
  await tx.query.execute(sql`
    update plans set status = case when ${left} then status else 'aborted' end,
      finished_at = case when ${left} then null else now() end, aborted_by = ${principal.username}, abort_reason = ${reason}
    where workspace_id = ${tx.workspaceId} and id = ${planId}`);
  await wakeNext(
    tx,
    stopped.map(({ scope }) => scope),
  );
  await writeAudit(tx, [
    {
      actor: actorOf(principal),
      action: 'bulk_action.aborted',
      object: { kind: 'bulk_action', id: String(planId) },
      details: { items: stopped.length, ...(reason !== null && { reason }) },
      requestId,
    },
  ]);
  return { kind: 'aborted', items: stopped.length };
}
