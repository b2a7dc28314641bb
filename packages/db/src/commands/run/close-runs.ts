import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';
import { endItems } from '../plan/end-items.ts';
import { enqueuePlans } from '../plan/enqueue-plans.ts';

/**
 * What every end of a run brings with it, in the transaction that ends it: each scope it holds is freed, the plan of
 * the item that has waited longest for that scope is woken, planned work that waited for this end goes on, and the
 * person who started the run is told, once. Answers the freed keys by run.
 *
 * Told is who asked, also through a key that acted for them. Nobody is told of what a key, a schedule or the system
 * started, nor of a run that was admitted from a plan: the page of the plan tells of all its runs together.
 */
export async function closeRuns(
  tx: WorkspaceTransaction,
  runIds: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const rows = await tx.query.execute<{ runId: string; key: string | null; planId: string | null }>(sql`
    with freed as (
      delete from scope_claims where workspace_id = ${tx.workspaceId} and run_id = any (${bigints(runIds)})
      returning run_id, scope_key
    ), told as (
      insert into notifications (workspace_id, user_id, run_id)
      select r.workspace_id, r.initiator_user_id, r.id from runs r
      where r.workspace_id = ${tx.workspaceId} and r.id = any (${bigints(runIds)}) and r.finished_at is not null
        and r.initiator_kind = 'user' and r.initiator_user_id is not null
        and not exists (
          select from plan_items i
          where i.workspace_id = r.workspace_id and i.run_id = r.id and i.outcome = 'accepted')
      order by r.id
      on conflict do nothing
    )
    select f.run_id as "runId", f.scope_key as key, (
      select i.plan_id from plan_items i
      where i.workspace_id = ${tx.workspaceId} and i.wait_scope = f.scope_key and i.status = 'waiting'
      order by i.wait_since, i.id limit 1) as "planId"
    from freed f
    union all
    select i.run_id, null, null from plan_items i
    where i.workspace_id = ${tx.workspaceId} and i.run_id = any (${bigints(runIds)}) and i.status = 'admitted'
    union all
    select p.undo_run_id, null, null from plans p
    where p.workspace_id = ${tx.workspaceId} and p.undo_run_id = any (${bigints(runIds)}) and p.status = 'working'`);
  const awaited = rows.flatMap(({ runId, key }) => (key === null ? [Number(runId)] : []));
  const due = awaited.length > 0 ? await endItems(tx, awaited) : [];
  const waiting = rows.flatMap(({ planId }) => (planId === null ? [] : [Number(planId)]));
  // Once and last: the order of locks is run, plan, job, for whoever goes on with a plan as for whoever wakes it.
  await enqueuePlans(tx, [...new Set([...due, ...waiting])]);
  const freed = new Map<number, string[]>();
  for (const { runId, key } of rows) {
    if (key === null) continue;
    const keys = freed.get(Number(runId)) ?? [];
    keys.push(key);
    freed.set(Number(runId), keys);
  }
  return freed;
}
