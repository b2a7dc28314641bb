import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { RunStatus } from '@signalbox/domain/run/lifecycle';
import type { SafeError } from '@signalbox/domain/run/safe-error';
import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { runs, taskRuns } from '../../schema/run.ts';

/** A run of provisioning, as far as a task shows it. Provisioning belongs to no tenant, so every member sees it. */
export interface TaskRecord {
  readonly id: number;
  readonly uid: string;
  readonly operation: string;
  readonly status: RunStatus;
  readonly input: JsonObject;
  readonly context: JsonObject;
  readonly progress: number | null;
  readonly safeError: SafeError | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** The tasks that had to succeed first, in a batch. */
  readonly needs: readonly string[];
}

function select(tx: WorkspaceTransaction, which: SQL | undefined) {
  return tx.query
    .select({
      id: runs.id,
      uid: runs.uid,
      operation: runs.operation,
      status: runs.status,
      input: sql<JsonObject>`${runs.input}`,
      context: sql<JsonObject>`${runs.context}`,
      progress: runs.progress,
      safeError: runs.safeError,
      createdAt: runs.createdAt,
      startedAt: runs.startedAt,
      finishedAt: runs.finishedAt,
      // Written out with the table: within a query of their own the columns would be those of the inner table.
      needs: sql<string[]>`(
        select coalesce(jsonb_agg(distinct r.uid), '[]') from plan_items i
        join plan_edges e on e.workspace_id = i.workspace_id and e.plan_id = i.plan_id and e.item = i.id
        join plan_items n on n.workspace_id = e.workspace_id and n.plan_id = e.plan_id and n.id = e.needs
        join runs r on r.workspace_id = n.workspace_id and r.id = n.run_id
        where i.workspace_id = ${tx.workspaceId} and i.run_id = runs.id and i.outcome = 'accepted')`,
    })
    .from(runs)
    .where(and(eq(runs.workspaceId, tx.workspaceId), taskRuns, which));
}

/** Tasks of the workspace, newest first. */
export async function listTasks(
  tx: WorkspaceTransaction,
  ask: { readonly statuses?: readonly RunStatus[]; readonly limit: number; readonly offset: number },
): Promise<TaskRecord[]> {
  return select(tx, ask.statuses && inArray(runs.status, [...ask.statuses]))
    .orderBy(desc(runs.createdAt), desc(runs.id))
    .limit(ask.limit)
    .offset(ask.offset);
}

/** A task by the uuid of its run; null when the workspace has none. */
export async function getTask(tx: WorkspaceTransaction, uid: string): Promise<TaskRecord | null> {
  const [task] = await select(tx, eq(runs.uid, uid));
  return task ?? null;
}

/** The end of what a run said: whole lines where there are any, at most `most` bytes of UTF-8. */
export async function logTail(tx: WorkspaceTransaction, runId: number, most: number): Promise<string> {
  const rows = await tx.query.execute<{ text: string }>(sql`
    select text from (
      select seq, text, sum(octet_length(text) + 1) over (order by seq desc) - octet_length(text) - 1 as behind
      from run_logs where workspace_id = ${tx.workspaceId} and run_id = ${runId}
    ) as chunks where behind < ${most} order by seq`);
  const all = Buffer.from(rows.map(({ text }) => text.replace(/\n$/, '')).join('\n'));
  if (all.length <= most) return all.toString();
  const cut = all.subarray(-most);
  const line = cut.indexOf('\n') + 1;
  // A line that is longer than all of it begins at a whole character.
  const begin = line > 0 ? line : cut.findIndex((byte) => (byte & 0b1100_0000) !== 0b1000_0000);
  return cut.subarray(begin).toString();
}
