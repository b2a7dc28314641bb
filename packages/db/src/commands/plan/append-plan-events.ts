import type { PlanEventBody } from '@signalbox/domain/plan/plan-events';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { recordset } from '../../client/rows.ts';
import { feedPosition } from '../run/feed-position.ts';

/**
 * Appends what happened to a batch to its history, in the transaction that changed it and after the change: each event
 * keeps how the items stand now. Raising `plans.event_seq` locks the plan, so the numbers have no gap and no repeat;
 * the lock order is run, plan, item. Answers the number of the newest event.
 */
export async function appendPlanEvents(
  tx: WorkspaceTransaction,
  planId: number,
  events: readonly PlanEventBody[],
): Promise<number> {
  const [head] = await tx.query.execute<{ seq: number }>(sql`
    update plans set event_seq = event_seq + ${events.length}
    where workspace_id = ${tx.workspaceId} and id = ${planId} returning event_seq as seq`);
  if (head === undefined) throw new Error(`There is no plan ${planId}.`);
  const { seq } = head;
  const rows = events.map((event, index) => ({ ...event, seq: seq - events.length + 1 + index }));
  // A statement of its own: only now is the newest event of whoever held the lock before seen.
  await tx.query.execute(sql`
    insert into plan_events (workspace_id, plan_id, seq, kind, data, feed_position)
    select ${tx.workspaceId}, ${planId}, w.seq, w.kind, w.data || jsonb_build_object('counts', c.counts),
      ${feedPosition(sql`p.feed_position`)}
    from ${recordset(rows, 'w (seq int, kind text, data jsonb)')}
    left join lateral (select feed_position from plan_events
      where workspace_id = ${tx.workspaceId} and plan_id = ${planId} order by seq desc limit 1) as p on true
    cross join (
      select coalesce(jsonb_object_agg(status, items), '{}') as counts from (
        select status, count(*)::int as items from plan_items
        where workspace_id = ${tx.workspaceId} and plan_id = ${planId} group by status) as grouped) as c`);
  return seq;
}
