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
  const log = await standingChanges(tx, await beforeOf(tx, target));
  if (log.length > logReach) return 'too_many';
  const steps = planRollback(target, log);
  return steps.length > rollbackLimit ? 'too_many' : steps;
}

/** The number that everything which could be meant is after. */
async function beforeOf(tx: WorkspaceTransaction, target: RollbackTarget): Promise<number> {
  if (target.kind === 'checkpoint') return target.afterSeq;
  const [first] = await tx.query.execute<{ seq: string | null }>(sql`
    select min(seq) as seq from resource_changes
    where workspace_id = ${tx.workspaceId} and run_id = any (${bigints(target.runIds)}) and undone_by_run_id is null`);
  return first?.seq == null ? Number.MAX_SAFE_INTEGER : Number(first.seq) - 1;
}
