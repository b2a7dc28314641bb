import type { Principal } from '@signalbox/domain/access/principal';
import { and, eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { runs } from '../../schema/run.ts';
import { visibleTo } from './get-run.ts';

/** Runs ahead are counted up to this number. */
const mostAhead = 1_000;

/** What stands before a queued run. Runs of other workspaces share the workers, but not this list. */
export interface QueuePlace {
  /** Runs of the workspace that became due earlier; at most 1,000 are counted. */
  readonly ahead: number;
  /** The oldest of those that the caller may see. */
  readonly oldest: { readonly runId: number; readonly since: Date } | null;
}

/** Where a queued run stands among those of its workspace that are due. */
export async function queuePlaceOf(
  tx: WorkspaceTransaction,
  principal: Principal,
  run: { readonly id: number; readonly wakeAt: Date },
): Promise<QueuePlace> {
  const before = sql`status = 'queued' and (wake_at, id) < (${run.wakeAt.toISOString()}::timestamptz, ${run.id})`;
  const [count] = await tx.query.execute<{ ahead: number }>(sql`
    select count(*)::int as ahead from (
      select from runs where workspace_id = ${tx.workspaceId} and ${before} limit ${mostAhead}) as counted`);
  const ahead = count?.ahead ?? 0;
  if (ahead === 0) return { ahead, oldest: null };
  const [oldest] = await tx.query
    .select({ runId: runs.id, since: runs.wakeAt })
    .from(runs)
    .where(and(eq(runs.workspaceId, tx.workspaceId), before, visibleTo(principal)))
    .orderBy(runs.wakeAt, runs.id)
    .limit(1);
  return { ahead, oldest: oldest ?? null };
}
