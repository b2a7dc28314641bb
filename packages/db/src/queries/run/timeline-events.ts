import type { TimedEvent } from '@signalbox/domain/run/timeline';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';

/** Events of a timeline that are read at most; of a longer history the newest. */
const most = 10_000;

/**
 * The state changes and steps of a run, oldest first. They have an index of their own (`run_events_story`), so that a
 * run with a hundred thousand results and log chunks answers as fast as a small one.
 */
export async function timelineEventsOf(tx: WorkspaceTransaction, runId: number): Promise<TimedEvent[]> {
  const rows = await tx.query.execute<
    Record<string, unknown> & { at: string; kind: string; data: unknown }
  >(sql`
    select at, kind, data from run_events
    where workspace_id = ${tx.workspaceId} and run_id = ${runId} and kind in ('state', 'step')
    order by seq desc limit ${most}`);
  return rows
    .map(({ at, kind, data }) => ({ kind, data, at: new Date(at).getTime() }) as TimedEvent)
    .reverse();
}
