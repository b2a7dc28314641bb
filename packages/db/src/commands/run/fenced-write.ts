import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { recordset } from '../../client/rows.ts';
import type { RunWrite } from './run-write.ts';

/** What the fence says about one write. */
export type Fence =
  | { readonly kind: 'open'; readonly eventSeq: number; readonly cancelRequested: boolean }
  | { readonly kind: 'repeated'; readonly eventSeq: number; readonly cancelRequested: boolean }
  | { readonly kind: 'lease_lost' };

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly eventSeq: number;
  readonly cancelRequested: boolean;
}

/**
 * The first statement of every transaction for runs: raises each run's event number where epoch and write number
 * are the expected ones and it is running. It takes the row lock that a claim takes, so between it and the
 * commit nobody can become the new owner. The epoch is what counts: a run that was taken over and is running
 * again has the status, but not the number.
 */
export async function fenceRuns(
  tx: WorkspaceTransaction,
  writes: readonly RunWrite[],
): Promise<ReadonlyMap<number, Fence>> {
  const rows = writes.map((write) => ({
    runId: write.runId,
    epoch: write.epoch,
    number: write.number,
    events: write.entries.length,
    ...write.counts,
    progress: write.progress,
    step: write.currentStep,
    message: write.progressMessage ?? null,
    moved: hasMoved(write),
    recorded: write.steps.some((step) => step.state === 'done'),
    ends: write.end !== null,
  }));
  const open = await tx.query.execute<Row>(sql`
    update runs r set
      event_seq = r.event_seq + w.events,
      lease_writes = w.number,
      total = w.total, succeeded = w.succeeded, failed = w.failed, skipped = w.skipped,
      progress = w.progress,
      current_step = w.step,
      progress_message = w.message,
      progress_at = case when w.moved then now() else r.progress_at end,
      heartbeat_at = now(),
      lost_leases = case when w.recorded then 0 else r.lost_leases end
    from ${recordset(
      rows,
      `w ("runId" bigint, epoch int, number int, events int, total int, succeeded int, failed int, skipped int,
          progress real, step text, message text, moved boolean, recorded boolean)`,
    )}
    where r.workspace_id = ${tx.workspaceId} and r.id = w."runId"
      and r.lease_epoch = w.epoch and r.status = 'running' and r.lease_writes = w.number - 1
    returning r.id, r.event_seq as "eventSeq", r.cancel_requested_at is not null as "cancelRequested"`);
  const fences = new Map<number, Fence>(open.map((row) => [Number(row.id), { kind: 'open', ...facts(row) }]));
  const shut = rows.filter((row) => !fences.has(row.runId));
  if (shut.length > 0) {
    // Locked like the others: the rows of an operation's own, written next, are behind the same fence. Only a write
    // that gave the lease back may find its run no longer running.
    const repeated = await tx.query.execute<Row>(sql`
      select r.id, r.event_seq as "eventSeq", r.cancel_requested_at is not null as "cancelRequested"
      from runs r, ${recordset(shut, 'w ("runId" bigint, epoch int, number int, ends boolean)')}
      where r.workspace_id = ${tx.workspaceId} and r.id = w."runId"
        and r.lease_epoch = w.epoch and r.lease_writes = w.number
        and (w.ends or r.status = 'running')
      order by r.id
      for update of r`);
    for (const row of repeated) fences.set(Number(row.id), { kind: 'repeated', ...facts(row) });
  }
  for (const { runId } of shut) if (!fences.has(runId)) fences.set(runId, { kind: 'lease_lost' });
  return fences;
}

/** Whether a write says that the work went on, and not only that somebody speaks of it. */
function hasMoved({ entries, steps, results, declared }: RunWrite): boolean {
  return (
    steps.length + results.length + declared.length > 0 || entries.some(({ kind }) => kind === 'progress')
  );
}

function facts(row: Row): { eventSeq: number; cancelRequested: boolean } {
  return { eventSeq: row.eventSeq, cancelRequested: row.cancelRequested };
}
