import {
  planRollback,
  type RollbackStep,
  type RollbackTarget,
  rollbackLimit,
} from '@signalbox/domain/provisioning/rollback-plan';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';
import { logReach, standingChanges } from './change-log.ts';

/** A plan of what would be undone now, the newest change first; `too_many` where it is more than one rollback undoes. */
export async function rollbackNow(
  tx: WorkspaceTransaction,
  target: RollbackTarget,
): Promise<RollbackStep[] | 'too_many'> {
  const log = await standingChanges(tx, await reachOf(tx, target));
  if (log.length > logReach) return 'too_many';
  const steps = planRollback(target, log);
  return steps.length > rollbackLimit ? 'too_many' : steps;
}

/** The part of the log that could be meant: what runs have done has dependants in their own infras only. */
async function reachOf(
  tx: WorkspaceTransaction,
  target: RollbackTarget,
): Promise<{ readonly afterSeq: number; readonly infraIds?: readonly number[] }> {
  if (target.kind === 'checkpoint') return { afterSeq: target.afterSeq };
  const [done] = await tx.query.execute<{ first: string | null; infraIds: number[] | null }>(sql`
    select min(c.seq) as first, jsonb_agg(distinct r.infra_id) as "infraIds"
    from resource_changes c join resources r on r.workspace_id = c.workspace_id and r.id = c.resource_id
    where c.workspace_id = ${tx.workspaceId} and c.run_id = any (${bigints(target.runIds)})
      and c.undone_by_run_id is null`);
  if (done?.first == null) return { afterSeq: Number.MAX_SAFE_INTEGER };
  return { afterSeq: Number(done.first) - 1, infraIds: done.infraIds ?? [] };
}
