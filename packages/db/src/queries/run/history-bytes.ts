import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';

/** About how many bytes of events and log a run has after a number. */
export async function historyBytes(tx: WorkspaceTransaction, runId: number, after: number): Promise<number> {
  const [row] = await tx.query.execute<{ bytes: string }>(sql`
    select (select coalesce(sum(pg_column_size(data)), 0) from run_events
        where workspace_id = ${tx.workspaceId} and run_id = ${runId} and seq > ${after})
      + (select coalesce(sum(octet_length(text)), 0) from run_logs
        where workspace_id = ${tx.workspaceId} and run_id = ${runId} and seq > ${after}) as bytes`);
  return Number(row?.bytes ?? 0);
}
