import type { RunEventBody } from '@signalbox/domain/run/events';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { recordset } from '../../client/rows.ts';
import { feedPosition } from './feed-position.ts';

/** An event with its place in the history of its run. */
export interface NumberedEvent {
  readonly runId: number;
  readonly seq: number;
  readonly event: RunEventBody;
}

/**
 * Appends events whose numbers the same transaction has just taken by raising `runs.event_seq`: the row lock of
 * that update is what keeps the sequence without gap or repeat. A run that is in the feed of its workspace stays in it,
 * and none of its events gets a place before an earlier one, although its transaction may have begun before that one's.
 */
export async function appendNumberedEvents(
  tx: WorkspaceTransaction,
  events: readonly NumberedEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ runId, seq, event }) => ({ runId, seq, kind: event.kind, data: event.data }));
  await tx.query.execute(sql`
    insert into run_events (workspace_id, run_id, seq, kind, data, feed_position)
    select ${tx.workspaceId}, w."runId", w.seq, w.kind, w.data, case when p.feed_position is not null
      then ${feedPosition(sql`p.feed_position`)} end
    from ${recordset(rows, 'w ("runId" bigint, seq int, kind text, data jsonb)')}
    left join lateral (select feed_position from run_events e
      where e.workspace_id = ${tx.workspaceId} and e.run_id = w."runId" order by e.seq desc limit 1) as p on true`);
}

/** Appends events of one run from `firstSeq` on. */
export async function appendEvents(
  tx: WorkspaceTransaction,
  runId: number,
  { firstSeq, events }: { readonly firstSeq: number; readonly events: readonly RunEventBody[] },
): Promise<void> {
  await appendNumberedEvents(
    tx,
    events.map((event, index) => ({ runId, seq: firstSeq + index, event })),
  );
}
