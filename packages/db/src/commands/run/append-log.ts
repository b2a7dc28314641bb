import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { recordset } from '../../client/rows.ts';
import type { LogChunk } from './run-write.ts';

/** A chunk with its place in the history of its run. */
export interface NumberedLog {
  readonly runId: number;
  readonly seq: number;
  readonly chunk: LogChunk;
}

/** Appends log text. Each chunk shares the number of its `log` event, so one cursor resumes both. */
export async function appendLog(tx: WorkspaceTransaction, logs: readonly NumberedLog[]): Promise<void> {
  if (logs.length === 0) return;
  const rows = logs.map(({ runId, seq, chunk: { level, step, text } }) => ({
    runId,
    seq,
    level,
    step,
    text,
  }));
  await tx.query.execute(sql`
    insert into run_logs (workspace_id, run_id, seq, level, step, text)
    select ${tx.workspaceId}, w."runId", w.seq, w.level, w.step, w.text
    from ${recordset(rows, 'w ("runId" bigint, seq int, level text, step text, text text)')}`);
}
