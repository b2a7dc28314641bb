import { type Conclusion, conclude } from '@signalbox/domain/run/conclude';
import { remaining } from '@signalbox/domain/run/counts';
import type { RunEventBody } from '@signalbox/domain/run/events';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { recordset } from '../../client/rows.ts';
import { type AuditEntry, writeAudit } from '../observability/write-audit.ts';
import { appendNumberedEvents } from './append-events.ts';
import { closeRuns } from './close-runs.ts';
import { phaseEnd, phaseMs } from './phase.ts';
import { skipOpenItems } from './record-items.ts';
import type { RunEnd, RunWrite } from './run-write.ts';

/** A fenced run whose work ended. */
export interface FinishedRun {
  readonly write: RunWrite;
  readonly end: Extract<RunEnd, { kind: 'finish' }>;
  readonly cancelRequested: boolean;
}

/** How a run ended. */
export interface Ending {
  readonly eventSeq: number;
  readonly status: Conclusion['status'];
  readonly freedScopes: readonly string[];
}

/**
 * Ends runs in the fenced transaction: terminal status, counts, times, lease and claims released, event and audit
 * entry commit together or not at all. Items without a result count as skipped.
 */
export async function finishRuns(
  tx: WorkspaceTransaction,
  finished: readonly FinishedRun[],
  worker: string,
): Promise<ReadonlyMap<number, Ending>> {
  if (finished.length === 0) return new Map();
  const endings = finished.map((run) => {
    const conclusion = conclude(run.end.result, run.write.counts, run.cancelRequested);
    return { ...run, conclusion, events: closingEvents(run.write, conclusion) };
  });
  const rows = endings.map(({ write, end, conclusion, events }) => ({
    runId: write.runId,
    epoch: write.epoch,
    status: conclusion.status,
    error: conclusion.error,
    output: end.output,
    events: events.length,
  }));
  const ended = await tx.query.execute<{ id: string; eventSeq: number }>(sql`
    update runs r set
      status = w.status, finished_at = ${phaseEnd}, safe_error = w.error, output = coalesce(w.output, r.output),
      skipped = r.total - r.succeeded - r.failed,
      wait_cause = null, lease_expires_at = null, lease_worker = null,
      executing_ms = r.executing_ms + ${phaseMs}, phase_since = ${phaseEnd},
      event_seq = r.event_seq + w.events
    from ${recordset(rows, 'w ("runId" bigint, epoch int, status text, error jsonb, output jsonb, events int)')}
    where r.workspace_id = ${tx.workspaceId} and r.id = w."runId" and r.lease_epoch = w.epoch and r.status = 'running'
    returning r.id, r.event_seq as "eventSeq"`);
  const seqs = new Map(ended.map((row) => [Number(row.id), row.eventSeq]));
  const open = endings.filter(({ write }) => remaining(write.counts) > 0);
  await skipOpenItems(
    tx,
    open.map(({ write }) => write.runId),
  );
  const freed = await closeRuns(
    tx,
    endings.map(({ write }) => write.runId),
  );
  await appendNumberedEvents(
    tx,
    endings.flatMap(({ write, events }) => {
      const firstSeq = (seqs.get(write.runId) ?? 0) - events.length + 1;
      return events.map((event, index) => ({ runId: write.runId, seq: firstSeq + index, event }));
    }),
  );
  await writeAudit(
    tx,
    endings.flatMap(({ write, conclusion }) => auditEntries(write, conclusion, worker)),
  );
  return new Map(
    endings.map(({ write, conclusion }) => [
      write.runId,
      {
        eventSeq: seqs.get(write.runId) ?? 0,
        status: conclusion.status,
        freedScopes: freed.get(write.runId) ?? [],
      },
    ]),
  );
}

function closingEvents(write: RunWrite, { status, error }: Conclusion): RunEventBody[] {
  const { counts } = write;
  const closing: RunEventBody = {
    kind: 'state',
    data: { from: 'running', to: status, ...(error && { reason: error.code, safeError: error }) },
  };
  if (remaining(counts) === 0) return [closing];
  const settled = { ...counts, skipped: counts.skipped + remaining(counts) };
  return [{ kind: 'progress', data: { counts: settled } }, closing];
}

function auditEntries(write: RunWrite, conclusion: Conclusion, worker: string): AuditEntry[] {
  const about = {
    actor: { kind: 'worker', name: worker },
    object: { kind: 'run', id: String(write.runId) },
    runId: write.runId,
  } as const;
  const { status, error } = conclusion;
  const finished = { ...about, action: 'run.finished', details: { status, reason: error?.code ?? null } };
  return conclusion.cancelTooLate ? [finished, { ...about, action: 'run.cancel_too_late' }] : [finished];
}
