import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { recordset } from '../../client/rows.ts';
import type { RunWrite } from './run-write.ts';

/** Records intents, results and failures of steps. A result that is there stays: it is written once. */
export async function recordSteps(tx: WorkspaceTransaction, writes: readonly RunWrite[]): Promise<void> {
  const rows = writes.flatMap((write) => write.steps.map((step) => ({ runId: write.runId, ...step })));
  if (rows.length === 0) return;
  await tx.query.execute(sql`
    insert into run_steps as s
      (workspace_id, run_id, name, position, attempt, state, effect_key, result, error, started_at, finished_at)
    select ${tx.workspaceId}, w."runId", w.name, w.position, w.attempt, w.state, w."effectKey", w.result, w.error,
      now() - w."startedMsAgo" * interval '1 millisecond', case when w.state <> 'intent' then now() end
    from ${recordset(
      rows,
      `w ("runId" bigint, name text, position int, attempt int, state text, "effectKey" text, result jsonb,
          error jsonb, "startedMsAgo" float8)`,
    )}
    on conflict (workspace_id, run_id, name) do update set
      attempt = excluded.attempt, state = excluded.state, result = excluded.result, error = excluded.error,
      started_at = excluded.started_at, finished_at = excluded.finished_at
    where s.state <> 'done'`);
}
