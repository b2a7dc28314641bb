import type { PlanStatus } from '@signalbox/domain/plan/plan-status';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { type AuditEntry, writeAudit } from '../observability/write-audit.ts';
import { appendPlanEvents } from './append-plan-events.ts';
import type { OpenBatch } from './batch.ts';
import { wakeNext } from './wake-next.ts';

/** Whoever ends a batch is its last run, which no person stands behind at that moment. */
const actor: AuditEntry['actor'] = { kind: 'system', name: 'batch' };

/**
 * Closes a batch, in the transaction of whatever ended it: what it held is free, whoever has waited longest for it is
 * woken, and whoever asked for the batch is told, once, of the run with which it ended.
 */
export async function endBatch(
  tx: WorkspaceTransaction,
  batch: Pick<OpenBatch, 'id' | 'uid' | 'name' | 'initiator' | 'cancelledBy'>,
  status: Exclude<PlanStatus, 'working'>,
): Promise<void> {
  const { id, uid, name, initiator, cancelledBy } = batch;
  await tx.query.execute(sql`
    update plans set status = ${status}, finished_at = now(), advanced_at = now()
    where workspace_id = ${tx.workspaceId} and id = ${id}`);
  const freed = await tx.query.execute<{ key: string }>(sql`
    delete from scope_claims where workspace_id = ${tx.workspaceId} and plan_id = ${id} returning scope_key as key`);
  await wakeNext(
    tx,
    freed.map(({ key }) => key),
  );
  if (initiator.userId !== null) {
    await tx.query.execute(sql`
      insert into notifications (workspace_id, user_id, run_id)
      select r.workspace_id, ${initiator.userId}, r.id from runs r
      where r.workspace_id = ${tx.workspaceId} and r.id = (
        select coalesce(p.undo_run_id, (select i.run_id from plan_items i join runs o
            on o.workspace_id = i.workspace_id and o.id = i.run_id
            where i.workspace_id = p.workspace_id and i.plan_id = p.id
            order by o.finished_at desc nulls last, o.id desc limit 1))
        from plans p where p.workspace_id = ${tx.workspaceId} and p.id = ${id})
      on conflict do nothing`);
  }
  const by = status === 'aborted' && cancelledBy !== null ? { by: cancelledBy } : {};
  await appendPlanEvents(tx, id, [{ kind: 'state', data: { from: 'working', to: status, ...by } }]);
  await writeAudit(tx, [
    { actor, action: 'batch.finished', object: { kind: 'batch', id: uid }, details: { name, status } },
  ]);
}
