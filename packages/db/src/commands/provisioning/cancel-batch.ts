import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import { sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { appendPlanEvents } from '../plan/append-plan-events.ts';
import { goOnBatch, lockBatch } from '../plan/batch.ts';
import { cancelBatchRuns } from '../plan/cancel-batch-runs.ts';
import { enqueuePlans } from '../plan/enqueue-plans.ts';
import { wakeNext } from '../plan/wake-next.ts';

/** What became of the cancel of a batch. */
export type CancelledBatch =
  | {
      readonly kind: 'cancelled';
      /** Keys of the operations that will not begin. */
      readonly stopped: readonly string[];
      /** Keys of those that ran and were asked to stop. */
      readonly stopping: readonly string[];
    }
  | { readonly kind: 'ended' | 'already_cancelled' | 'being_undone' };

/**
 * Stops a batch: nothing of it is begun any more, in one transaction under its lock, so that whoever is starting
 * something of it comes before or not at all. Then what runs is asked to stop, run by run; should this process die over
 * that, the worker that was woken asks. The end of the last run ends the batch.
 */
export async function cancelBatch(
  db: Database,
  principal: Principal,
  cancel: { readonly planId: number; readonly reason: string | null; readonly requestId: string | null },
): Promise<CancelledBatch> {
  const done = await db.inWorkspace(principal.workspaceId, (tx) => stop(tx, principal, cancel));
  if (done.kind === 'cancelled' && done.stopping.length > 0) {
    await cancelBatchRuns(db, principal.workspaceId, { ...cancel, actor: actorOf(principal) });
  }
  return done;
}

async function stop(
  tx: WorkspaceTransaction,
  principal: Principal,
  { planId, reason, requestId }: Parameters<typeof cancelBatch>[2],
): Promise<CancelledBatch> {
  const batch = await lockBatch(tx, planId);
  if (batch === null) return { kind: 'ended' };
  if (batch.cancelledBy !== null) return { kind: 'already_cancelled' };
  if (batch.undoing !== 'none') return { kind: 'being_undone' };
  await tx.query.execute(sql`
    update plans set aborted_by = ${principal.username}, abort_reason = ${reason}
    where workspace_id = ${tx.workspaceId} and id = ${planId}`);
  const waiting = await tx.query.execute<{ id: string; scope: string | null }>(sql`
    update plan_items set status = 'aborted', finished_at = now()
    where workspace_id = ${tx.workspaceId} and plan_id = ${planId} and status = 'waiting'
    returning id, wait_scope as scope`);
  const ids = new Set(waiting.map(({ id }) => Number(id)));
  const stopped = batch.items.filter(({ id }) => ids.has(id));
  const stopping = batch.items.filter(({ status }) => status === 'admitted');
  if (stopped.length > 0) {
    await appendPlanEvents(
      tx,
      planId,
      stopped.map(({ key, operation }) => ({
        kind: 'item',
        data: { key, operation, from: 'waiting', to: 'aborted' },
      })),
    );
  }
  const keys = { stopped: stopped.map(({ key }) => key), stopping: stopping.map(({ key }) => key) };
  await writeAudit(tx, [
    {
      actor: actorOf(principal),
      action: 'batch.cancelled',
      object: { kind: 'batch', id: batch.uid },
      details: { name: batch.name, ...keys, ...(reason !== null && { reason }) },
      requestId,
    },
  ]);
  await goOnBatch(tx, planId);
  await wakeNext(
    tx,
    waiting.map(({ scope }) => scope),
  );
  if (stopping.length > 0) await enqueuePlans(tx, [planId]);
  return { kind: 'cancelled', ...keys };
}
