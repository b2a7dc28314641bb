import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints, recordset } from '../../client/rows.ts';
import { appendNumberedEvents } from './append-events.ts';
import { phaseEnd, phaseMs } from './phase.ts';
import type { RunEnd, RunWrite } from './run-write.ts';

type HandBack = Extract<RunEnd, { kind: 'hand_back' }>;

/** A fenced run that goes back to the queue. */
export interface HandedBack {
  readonly write: RunWrite;
  readonly end: HandBack;
}

/**
 * Puts runs back into the queue for a retry, after a throttle or because their worker stops, and wakes a worker at
 * their time, all in the fenced transaction. They keep their claims: nobody slips into their scope meanwhile.
 * Answers the newest event number of each.
 */
export async function handBackRuns(
  tx: WorkspaceTransaction,
  handed: readonly HandedBack[],
): Promise<ReadonlyMap<number, number>> {
  if (handed.length === 0) return new Map();
  const rows = handed.map(({ write, end }) => ({
    runId: write.runId,
    epoch: write.epoch,
    cause: end.cause,
    delayMs: end.delayMs,
  }));
  const queued = await tx.query.execute<{ id: string; eventSeq: number; wakeAt: string }>(sql`
    update runs r set
      status = 'queued', wait_cause = w.cause, wake_at = now() + w."delayMs" * interval '1 millisecond',
      lease_expires_at = null, lease_worker = null,
      executing_ms = r.executing_ms + ${phaseMs}, phase_since = ${phaseEnd},
      event_seq = r.event_seq + 1
    from ${recordset(rows, 'w ("runId" bigint, epoch int, cause text, "delayMs" float8)')}
    where r.workspace_id = ${tx.workspaceId} and r.id = w."runId" and r.lease_epoch = w.epoch and r.status = 'running'
    returning r.id, r.event_seq as "eventSeq", r.wake_at as "wakeAt"`);
  const seqs = new Map(queued.map((row) => [Number(row.id), row.eventSeq]));
  const wakes = new Map(queued.map((row) => [Number(row.id), new Date(row.wakeAt).toISOString()]));
  await appendNumberedEvents(
    tx,
    handed.map(({ write, end }) => ({
      runId: write.runId,
      seq: seqs.get(write.runId) ?? 0,
      event: {
        kind: 'state',
        data: {
          from: 'running',
          to: 'queued',
          reason: end.cause,
          ...(end.delayMs > 0 && { wakeAt: wakes.get(write.runId) ?? '' }),
          ...(end.error && { safeError: end.error }),
        },
      },
    })),
  );
  await enqueueRuns(
    tx,
    handed.map(({ write }) => write.runId),
  );
  return seqs;
}

/** Enters runs into the queue at their own wake time, on the database's clock. Entering one twice is harmless. */
export async function enqueueRuns(tx: WorkspaceTransaction, runIds: readonly number[]): Promise<void> {
  await tx.query.execute(sql`
    select queue_enqueue_runs(${tx.workspaceId}, array_agg(r.id), array_agg(r.wake_at), array_agg(0))
    from runs r where r.workspace_id = ${tx.workspaceId} and r.id = any (${bigints(runIds)})`);
}
