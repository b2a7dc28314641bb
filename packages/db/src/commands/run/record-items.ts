import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints, recordset } from '../../client/rows.ts';
import type { RunWrite } from './run-write.ts';

/** Declares the items of runs. */
export async function declareItems(tx: WorkspaceTransaction, writes: readonly RunWrite[]): Promise<void> {
  const rows = writes.flatMap((write) => write.declared.map((item) => ({ runId: write.runId, ...item })));
  if (rows.length === 0) return;
  await tx.query.execute(sql`
    insert into run_items (workspace_id, run_id, position, key, label)
    select ${tx.workspaceId}, w."runId", w.position, w.key, w.label
    from ${recordset(rows, 'w ("runId" bigint, position int, key text, label text)')}`);
}

/**
 * Records results of items, each once. The counts of the run were raised by the fence of the same transaction,
 * so a result that finds no open item would make them lie and undoes everything.
 */
export async function recordItems(tx: WorkspaceTransaction, writes: readonly RunWrite[]): Promise<void> {
  const rows = writes.flatMap((write) => write.results.map((result) => ({ runId: write.runId, ...result })));
  if (rows.length === 0) return;
  const recorded = await tx.query.execute(sql`
    update run_items i set outcome = w.outcome, error = w.error, detail = w.detail, finished_at = now()
    from ${recordset(rows, 'w ("runId" bigint, key text, outcome text, error jsonb, detail jsonb)')}
    where i.workspace_id = ${tx.workspaceId} and i.run_id = w."runId" and i.key = w.key and i.outcome is null
    returning i.position`);
  if (recorded.length !== rows.length) {
    throw new Error(
      `${rows.length} item results were to be recorded, but ${recorded.length} items were open.`,
    );
  }
}

/** Items that got no result before their run ended were skipped; then the counts add up to the total. */
export async function skipOpenItems(tx: WorkspaceTransaction, runIds: readonly number[]): Promise<void> {
  if (runIds.length === 0) return;
  await tx.query.execute(sql`
    update run_items set outcome = 'skipped', finished_at = now()
    where workspace_id = ${tx.workspaceId} and run_id = any (${bigints(runIds)}) and outcome is null`);
}
