import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { enqueuePlans } from './enqueue-plans.ts';

/**
 * Hands on the wake-up for scopes that stay free: whoever was woken for one of them did not take it, so the plan of
 * the item that has waited longest is next. A held scope needs nothing, its release wakes.
 */
export async function wakeNext(
  tx: WorkspaceTransaction,
  scopeKeys: readonly (string | null)[],
): Promise<void> {
  const keys = [...new Set(scopeKeys.filter((key) => key !== null))];
  if (keys.length === 0) return;
  const rows = await tx.query.execute<{ planId: string }>(sql`
    select distinct next.plan_id as "planId"
    from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb) as s (key)
    cross join lateral (
      select i.plan_id from plan_items i
      where i.workspace_id = ${tx.workspaceId} and i.wait_scope = s.key and i.status = 'waiting'
      order by i.wait_since, i.id limit 1) as next
    where not exists (
      select from scope_claims c where c.workspace_id = ${tx.workspaceId} and c.scope_key = s.key)`);
  await enqueuePlans(
    tx,
    rows.map(({ planId }) => Number(planId)),
  );
}
