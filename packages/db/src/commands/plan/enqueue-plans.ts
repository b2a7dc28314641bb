import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';

/** Wakes a worker for plans, now or at a time. Waking twice is harmless: an advance does what there is to do. */
export async function enqueuePlans(
  tx: WorkspaceTransaction,
  planIds: readonly number[],
  at: Date | null = null,
): Promise<void> {
  if (planIds.length === 0) return;
  const when = at === null ? sql`now()` : sql`${at.toISOString()}::timestamptz`;
  // In one order, so that two that wake the same plans never wait for each other.
  const ids = planIds.toSorted((a, b) => a - b);
  await tx.query.execute(sql`
    select queue_enqueue_plans(${tx.workspaceId}, ${bigints(ids)}, ${when})`);
}
