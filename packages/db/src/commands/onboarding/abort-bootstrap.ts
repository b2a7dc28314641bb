import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import { and, eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { onboardingSessions } from '../../schema/onboarding.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { goOn, lockSequence } from '../plan/sequence.ts';
import { wakeNext } from '../plan/wake-next.ts';

/** What became of an abort. */
export type AbortedBootstrap =
  | { readonly kind: 'aborted'; readonly operations: number }
  /** There is none, it has ended, or nothing of it waits any more. */
  | { readonly kind: 'nothing_waits' };

/**
 * Stops the bootstrap of a session: what waits is not started any more. A run that is under way goes on; it is
 * cancelled like every run. The session stays where it is.
 */
export async function abortBootstrap(
  tx: WorkspaceTransaction,
  principal: Principal,
  abort: { readonly sessionId: number; readonly reason: string | null; readonly requestId: string | null },
): Promise<AbortedBootstrap> {
  const { sessionId, reason, requestId } = abort;
  const [session] = await tx.query
    .select({ planId: onboardingSessions.planId })
    .from(onboardingSessions)
    .where(and(eq(onboardingSessions.workspaceId, tx.workspaceId), eq(onboardingSessions.id, sessionId)));
  const planId = session?.planId ?? null;
  const plan = planId === null ? null : await lockSequence(tx, planId);
  if (plan === null) return { kind: 'nothing_waits' };
  const stopped = await tx.query.execute<{ scope: string | null }>(sql`
    update plan_items set status = 'aborted', finished_at = now()
    where workspace_id = ${tx.workspaceId} and plan_id = ${plan.id} and status = 'waiting'
    returning wait_scope as scope`);
  if (stopped.length === 0) return { kind: 'nothing_waits' };
  await tx.query.execute(sql`
    update plans set aborted_by = ${principal.username}, abort_reason = ${reason}
    where workspace_id = ${tx.workspaceId} and id = ${plan.id}`);
  await writeAudit(tx, [
    {
      actor: actorOf(principal),
      action: 'bootstrap.aborted',
      object: { kind: 'onboarding_session', id: String(sessionId) },
      details: { bootstrapId: plan.id, operations: stopped.length, ...(reason !== null && { reason }) },
      requestId,
    },
  ]);
  await goOn(tx, plan.id);
  await wakeNext(
    tx,
    stopped.map(({ scope }) => scope),
  );
  return { kind: 'aborted', operations: stopped.length };
}
