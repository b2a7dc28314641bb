import type { JsonObject } from '@signalbox/domain/gate/canonical';
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

/**
 * The result of a step that the same transaction records as done: what `work` answers. When an earlier sending of the
 * write had been committed, `work` is not done again and the result is the one kept then.
 */
export async function keepStepResult<Result extends JsonObject>(
  tx: WorkspaceTransaction,
  step: { readonly runId: number; readonly name: string },
  work: (tx: WorkspaceTransaction) => Promise<Result>,
): Promise<Result> {
  const here = sql`workspace_id = ${tx.workspaceId} and run_id = ${step.runId} and name = ${step.name}`;
  const [kept] = await tx.query.execute<{ result: Result | null }>(
    sql`select result from run_steps where ${here} and state = 'done'`,
  );
  if (kept === undefined) throw new Error(`Step ${step.name} of run ${step.runId} is not being recorded.`);
  if (kept.result !== null) return kept.result;
  const result = await work(tx);
  await tx.query.execute(sql`update run_steps set result = ${JSON.stringify(result)}::jsonb where ${here}`);
  return result;
}
