import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';

/** A run to put in place as an admission leaves it. */
export interface InsertedRun {
  readonly operation?: string;
  readonly input?: Readonly<Record<string, string | number | boolean>>;
  readonly scopes?: readonly string[];
  /** False leaves it without a job, as if the job had been lost. */
  readonly enqueue?: boolean;
  readonly status?: 'queued' | 'pending' | 'awaiting_approval';
  /** Who started it: a user without an id by default. */
  readonly initiator?: { readonly kind: string; readonly userId: number | null };
}

/**
 * Inserts a run with its claims, first event and job in one transaction, for operations that the start gate does
 * not know. `sql` is a superuser's. Answers the run's id.
 */
export async function insertRun(sql: Sql, workspaceId: string, run: InsertedRun = {}): Promise<number> {
  const { operation = 'test', input = {}, scopes = [], enqueue = true, status = 'queued' } = run;
  const { kind, userId } = run.initiator ?? { kind: 'user', userId: null };
  const cause = status === 'queued' ? 'waiting_for_worker' : null;
  return sql.begin(async (tx) => {
    const [row] = await tx<{ id: string }[]>`
      insert into runs (workspace_id, uid, operation, status, wait_cause, input, event_seq, initiator_kind,
        initiator_user_id, initiator_name, codename)
      values (${workspaceId}, ${randomUUID()}, ${operation}, ${status}, ${cause}, ${tx.json(input)}, 1, ${kind},
        ${userId}, 'tester', 'test-run')
      returning id`;
    const id = Number(row?.id);
    await tx`insert into run_events (workspace_id, run_id, seq, kind, data)
      values (${workspaceId}, ${id}, 1, 'state', ${tx.json({ from: null, to: status })})`;
    for (const scope of scopes) {
      await tx`insert into scope_claims (workspace_id, scope_key, run_id) values (${workspaceId}, ${scope}, ${id})`;
    }
    if (enqueue && status === 'queued') {
      await tx`select queue_enqueue_runs(${workspaceId}, array[${id}::bigint], array[now()], array[0])`;
    }
    return id;
  });
}
