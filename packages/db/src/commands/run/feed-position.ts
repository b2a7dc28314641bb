import { type SQL, sql } from 'drizzle-orm';

/**
 * Where a new event stands in the feed of its workspace: at the id of its transaction, but never before the event it
 * follows, whose transaction may have begun later. A position beyond every transaction there is comes from another
 * cluster, through a restored dump, and is not gone on from.
 */
export function feedPosition(previous: SQL): SQL {
  return sql`case when ${previous} < pg_snapshot_xmax(pg_current_snapshot())
    then greatest(pg_current_xact_id(), ${previous}) else pg_current_xact_id() end`;
}
