import type { ItemMove } from '@signalbox/domain/plan/plan-item';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints, recordset } from '../../client/rows.ts';
import { wakeNext } from './wake-next.ts';

/** How one item goes on, in words too. */
export interface SettledItem {
  readonly itemId: number;
  readonly move: ItemMove;
  readonly message: string;
  readonly connectionId: number | null;
}

/**
 * Takes the lock of items that still wait. False when one of them does not, because it was aborted or another
 * advance was faster: then nothing may be done for any of them.
 */
export async function lockWaiting(tx: WorkspaceTransaction, itemIds: readonly number[]): Promise<boolean> {
  const locked = await tx.query.execute(sql`
    select id from plan_items
    where workspace_id = ${tx.workspaceId} and id = any (${bigints(itemIds)}) and status = 'waiting'
    order by id for update`);
  return locked.length === itemIds.length;
}

/**
 * Writes how items go on, in the transaction of the deed that decided it. Only a waiting item moves; a waiting one
 * that is tried in vain keeps the time since when it waits. One that no longer waits for a scope, and did not take it,
 * lets the next one have it.
 */
export async function settleItems(tx: WorkspaceTransaction, settled: readonly SettledItem[]): Promise<void> {
  const rows = settled.map(({ itemId, move, message, connectionId }) => ({
    id: itemId,
    status: move.status,
    message,
    connection: connectionId,
    outcome: move.status === 'skipped' ? null : move.outcome,
    reason: move.status === 'waiting' ? move.cause : move.status === 'skipped' ? null : move.reason,
    run: move.status === 'done' || move.status === 'admitted' ? move.runId : null,
    cause: move.status === 'waiting' ? move.cause : null,
    scope: move.status === 'waiting' ? move.scopeKey : null,
    until: move.status === 'waiting' ? (move.until?.toISOString() ?? null) : null,
  }));
  const moved = await tx.query.execute<{ left: string | null }>(sql`
    with w as (
      select w.*, o.wait_scope as old_scope
      from ${recordset(
        rows,
        'w (id bigint, status text, outcome text, reason text, message text, connection bigint, run bigint, cause text, scope text, until timestamptz)',
      )}
      join plan_items o on o.workspace_id = ${tx.workspaceId} and o.id = w.id
    )
    update plan_items i set
      status = w.status, outcome = w.outcome, reason = w.reason, message = w.message,
      connection_id = coalesce(w.connection, i.connection_id), run_id = w.run,
      wait_cause = w.cause, wait_scope = w.scope, wait_until = w.until,
      wait_since = case when w.cause is null then null else coalesce(i.wait_since, now()) end,
      tried_at = now(), finished_at = case when w.status in ('waiting', 'admitted') then null else now() end
    from w where i.workspace_id = ${tx.workspaceId} and i.id = w.id and i.status = 'waiting'
    returning case when w.old_scope is distinct from w.scope then w.old_scope end as left`);
  await wakeNext(
    tx,
    moved.map(({ left }) => left),
  );
}
