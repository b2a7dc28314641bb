import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';
import { enqueuePlans } from '../plan/enqueue-plans.ts';

/**
 * Frees every scope that these runs hold, in the transaction that ends them, and wakes the plan of the item that has
 * waited longest for each. Answers the keys by run.
 */
export async function releaseScopes(
  tx: WorkspaceTransaction,
  runIds: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const rows = await tx.query.execute<{ runId: string; key: string; planId: string | null }>(sql`
    with freed as (
      delete from scope_claims where workspace_id = ${tx.workspaceId} and run_id = any (${bigints(runIds)})
      returning run_id, scope_key
    )
    select f.run_id as "runId", f.scope_key as key, (
      select i.plan_id from plan_items i
      where i.workspace_id = ${tx.workspaceId} and i.wait_scope = f.scope_key and i.status = 'waiting'
      order by i.wait_since, i.id limit 1) as "planId"
    from freed f`);
  const waiting = new Set(rows.flatMap(({ planId }) => (planId === null ? [] : [Number(planId)])));
  await enqueuePlans(tx, [...waiting]);
  const freed = new Map<number, string[]>();
  for (const { runId, key } of rows) {
    const keys = freed.get(Number(runId)) ?? [];
    keys.push(key);
    freed.set(Number(runId), keys);
  }
  return freed;
}
