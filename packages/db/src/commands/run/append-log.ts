import { logLinesOf } from '@signalbox/domain/run/log-lines';
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

/**
 * Appends log text, each chunk after the lines its run has so far. A chunk shares the number of its `log` event, so
 * one cursor resumes both. The row lock on the run, which the caller holds, keeps the lines without gap or repeat.
 */
export async function appendLog(tx: WorkspaceTransaction, logs: readonly NumberedLog[]): Promise<void> {
  if (logs.length === 0) return;
  const lines = new Map<number, number>();
  const rows = logs.map(({ runId, seq, chunk: { level, step, text } }) => {
    const ahead = lines.get(runId) ?? 0;
    const count = logLinesOf(text).length;
    lines.set(runId, ahead + count);
    return { runId, seq, level, step, text, ahead, count };
  });
  await tx.query.execute(sql`
    insert into run_logs (workspace_id, run_id, seq, level, step, text, first_line, line_count)
    select ${tx.workspaceId}, w."runId", w.seq, w.level, w.step, w.text, w.ahead + 1 + coalesce((
        select l.first_line + l.line_count - 1 from run_logs l
        where l.workspace_id = ${tx.workspaceId} and l.run_id = w."runId" order by l.seq desc limit 1), 0), w.count
    from ${recordset(rows, 'w ("runId" bigint, seq int, level text, step text, text text, ahead int, count int)')}`);
}
