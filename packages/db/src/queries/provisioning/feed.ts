import type { KeptPlanEvent } from '@signalbox/domain/plan/plan-events';
import type { ProgressReport, RunEventBody } from '@signalbox/domain/run/events';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';

/**
 * A place in the feed of a workspace: after this event and before the next. The parts are compared in this order;
 * within one transaction runs stand before batches.
 */
export interface FeedPlace {
  /** What `feed_position` holds, as text: it may be greater than a number can be. */
  readonly position: string;
  readonly source: 'run' | 'batch';
  /** The run or the plan. */
  readonly id: number;
  readonly seq: number;
}

/** How far a run had come, as a report of its progress or the results of its items said. */
export type ReportedProgress = Pick<ProgressReport, 'counts' | 'fraction'>;

/** What an event tells, and of what. */
export type FeedEvent =
  | {
      readonly source: 'run';
      readonly uid: string;
      readonly operation: string;
      /** With a change of state: the last report of progress before it, null where there was none. */
      readonly reported: ReportedProgress | null;
      /** The batch it belongs to. */
      readonly batchUid: string | null;
      readonly event: RunEventBody;
      readonly text: string | null;
      readonly line: number | null;
    }
  | { readonly source: 'batch'; readonly uid: string; readonly name: string; readonly event: KeptPlanEvent };

export type FeedRow = FeedEvent & { readonly place: FeedPlace; readonly at: Date };

/** Events after a place, in order. */
export interface FeedPage {
  readonly rows: readonly FeedRow[];
  /** Something has been written that may not be told yet: an earlier transaction is still under way. */
  readonly withheld: boolean;
}

interface Row extends Record<string, unknown> {
  readonly position: string;
  readonly source: FeedPlace['source'];
  readonly id: string;
  readonly seq: number;
  readonly at: string;
  readonly event: RunEventBody & KeptPlanEvent;
  readonly uid: string;
  readonly operation: string | null;
  readonly reported: ReportedProgress | null;
  readonly batchUid: string | null;
  readonly name: string | null;
  readonly text: string | null;
  readonly line: number | null;
}

/** All that is written from now on stands after it, and so may something that was written just before. */
export async function feedHead(tx: WorkspaceTransaction): Promise<FeedPlace> {
  const [row] = await tx.query.execute<{ position: string }>(
    sql`select pg_snapshot_xmin(pg_current_snapshot())::text as position`,
  );
  if (row === undefined) throw new Error('There is no snapshot.');
  return { position: row.position, source: 'run', id: 0, seq: 0 };
}

/** Whether a place can be one of this database: none lies beyond the transactions that have begun. */
export async function isFeedPlace(tx: WorkspaceTransaction, { position }: FeedPlace): Promise<boolean> {
  const [row] = await tx.query.execute<{ known: boolean }>(
    sql`select ${position}::xid8 <= pg_snapshot_xmax(pg_current_snapshot()) as known`,
  );
  return row?.known === true;
}

/**
 * The events of the workspace's runs and batches after a place. Told is only what stands before every transaction that
 * is still under way: what such a one writes gets a position at or after its own id, so nothing can appear later before
 * a place that was given out. See docs/decisions.
 */
export async function feedAfter(
  tx: WorkspaceTransaction,
  after: FeedPlace,
  limit: number,
): Promise<FeedPage> {
  const { workspaceId } = tx;
  const { position, source, id, seq } = after;
  const [runId, runSeq] = source === 'run' ? [id, seq] : [Number.MAX_SAFE_INTEGER, 0];
  const [planId, planSeq] = source === 'run' ? [0, 0] : [id, seq];
  const settled = sql`feed_position < pg_snapshot_xmin(pg_current_snapshot())`;
  const unsettled = sql`feed_position >= pg_snapshot_xmin(pg_current_snapshot())
    and feed_position < pg_snapshot_xmax(pg_current_snapshot())`;
  // Asked first: what becomes tellable between the two statements is on the page.
  const [rest] = await tx.query.execute<{ withheld: boolean }>(sql`
    select exists (select from run_events where workspace_id = ${workspaceId} and feed_position is not null and ${unsettled})
      or exists (select from plan_events where workspace_id = ${workspaceId} and ${unsettled}) as withheld`);
  const rows = await tx.query.execute<Row>(sql`
    with page as (
      select * from (
        (select 'run' as source, 0 as rank, feed_position, run_id as id, seq, at, kind, data from run_events
          where workspace_id = ${workspaceId} and feed_position is not null
            and (feed_position, run_id, seq) > (${position}::xid8, ${runId}::bigint, ${runSeq}::int) and ${settled}
          order by feed_position, run_id, seq limit ${limit})
        union all
        (select 'batch', 1, feed_position, plan_id, seq, created_at, kind, data from plan_events
          where workspace_id = ${workspaceId}
            and (feed_position, plan_id, seq) > (${position}::xid8, ${planId}::bigint, ${planSeq}::int) and ${settled}
          order by feed_position, plan_id, seq limit ${limit})
      ) as both_sources
      order by feed_position, rank, id, seq limit ${limit}
    )
    select e.feed_position::text as position, e.source, e.id, e.seq, e.at,
      jsonb_build_object('kind', e.kind, 'data', e.data) as event,
      coalesce(r.uid, b.uid) as uid, r.operation, p.data as reported, c.uid as "batchUid", b.name,
      l.text, l.first_line as line
    from page e
    left join runs r on e.source = 'run' and r.workspace_id = ${workspaceId} and r.id = e.id
    left join lateral (select data from run_events p
      where e.source = 'run' and e.kind = 'state' and p.workspace_id = ${workspaceId} and p.run_id = e.id
        and p.seq < e.seq and p.kind in ('progress', 'item') order by p.seq desc limit 1) as p on true
    left join run_logs l on e.source = 'run' and e.kind = 'log' and l.workspace_id = ${workspaceId}
      and l.run_id = e.id and l.seq = e.seq
    left join plan_items i on e.source = 'run' and i.workspace_id = ${workspaceId} and i.run_id = e.id
      and i.outcome = 'accepted'
    left join plans c on c.workspace_id = i.workspace_id and c.id = i.plan_id and c.kind = 'batch'
    left join plans b on e.source = 'batch' and b.workspace_id = ${workspaceId} and b.id = e.id
    order by e.feed_position, e.rank, e.id, e.seq`);
  return { rows: rows.map(rowOf), withheld: rest?.withheld === true };
}

function rowOf(row: Row): FeedRow {
  const { position, source, seq, uid } = row;
  const stamp = { place: { position, source, id: Number(row.id), seq }, at: new Date(row.at) };
  if (source === 'batch') return { ...stamp, source, uid, name: row.name ?? '', event: row.event };
  const { operation, reported, batchUid, event, text, line } = row;
  return { ...stamp, source, uid, operation: operation ?? '', reported, batchUid, event, text, line };
}
