import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';

/** Notes that the provider asked us to wait: manual starts are refused until then. Never shortens an earlier wait. */
export async function setThrottled(
  tx: WorkspaceTransaction,
  connectionId: number,
  waitMs: number,
): Promise<void> {
  await tx.query.execute(sql`
    update connections
    set throttled_until = greatest(throttled_until, now() + make_interval(secs => ${waitMs / 1000}::float8))
    where workspace_id = ${tx.workspaceId} and id = ${connectionId}`);
}
