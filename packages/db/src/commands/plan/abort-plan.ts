import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { wakeNext } from './wake-next.ts';

/** What became of an abort. */
export type AbortResult =
  | { readonly kind: 'aborted'; readonly items: number }
  /** It has ended, was aborted before, or has nothing left that waits. */
  | { readonly kind: 'ended' };

/**
 * Stops a bulk action: no item that waits is tried any more. What was started or cancelled stays so. The locks of the
 * items decide the race with an advance: whoever comes second sees what the first one left.
 */
export async function abortPlan(
  tx: WorkspaceTransaction,
  principal: Principal,
  abort: { readonly planId: number; readonly reason: string | null; readonly requestId: string | null },
): Promise<AbortResult> {
  const { planId, reason, requestId } = abort;
  const [open] = await tx.query.execute(sql`
    select id from plans where workspace_id = ${tx.workspaceId} and id = ${planId} and status = 'working' for update`);
  if (open === undefined) return { kind: 'ended' };
  await tx.query.execute(sql`
    select id from plan_items where workspace_id = ${tx.workspaceId} and plan_id = ${planId} and status = 'waiting'
    order by id for update`);
  const stopped = await tx.query.execute<{ scope: string | null }>(sql`
    update plan_items set status = 'aborted', finished_at = now()
    where workspace_id = ${tx.workspaceId} and plan_id = ${planId} and status = 'waiting' returning wait_scope as scope`);
  if (stopped.length === 0) return { kind: 'ended' };
  await tx.query.execute(sql`
    update plans set status = 'aborted', finished_at = now(), aborted_by = ${principal.username}, abort_reason = ${reason}
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
