import { reasonRule } from '@signalbox/domain/gate/reasons';
import { sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';
import { initiatorNow } from '../../queries/access/initiator-now.ts';
import { goOnBatch, lockBatch, type OpenBatch, progressOf } from './batch.ts';
import { endBatch } from './end-batch.ts';

/**
 * Has undone what a failed batch has done: by one run over all changes of all its runs, under what the batch holds. With
 * nothing to undo the batch has ended; when nothing may be undone it has ended too, and says why.
 */
export async function undoBatch(db: Database, workspaceId: string, batch: OpenBatch): Promise<void> {
  await db.inWorkspace(workspaceId, async (tx) => {
    if (!(await undoIsDue(tx, batch.id))) return;
    if (!(await hasChanges(tx, batch))) return endBatch(tx, batch, 'failed');
    const initiator = await initiatorNow(tx, batch.initiator);
    const problem = 'refused' in initiator ? reasonRule(initiator.refused).text : 'Nothing undoes it yet.';
    await giveUp(tx, batch.id, problem);
  });
}

async function undoIsDue(tx: WorkspaceTransaction, planId: number): Promise<boolean> {
  const batch = await lockBatch(tx, planId);
  return batch !== null && progressOf(batch).stage.kind === 'undo_due';
}

async function hasChanges(tx: WorkspaceTransaction, batch: OpenBatch): Promise<boolean> {
  const runs = batch.items.flatMap(({ runId }) => (runId === null ? [] : [runId]));
  const rows = await tx.query.execute(sql`
    select from resource_changes where workspace_id = ${tx.workspaceId} and run_id = any (${bigints(runs)})
      and undone_by_run_id is null limit 1`);
  return rows.length > 0;
}

/** A batch whose work cannot be undone ends as it stands, and says why. */
async function giveUp(tx: WorkspaceTransaction, planId: number, problem: string): Promise<void> {
  await tx.query.execute(sql`
    update plans set undo_problem = ${problem} where workspace_id = ${tx.workspaceId} and id = ${planId}`);
  await goOnBatch(tx, planId);
}
