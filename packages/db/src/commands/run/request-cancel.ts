import type { RunStatus } from '@signalbox/domain/run/lifecycle';
import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { sql } from 'drizzle-orm';
import { cancelsChannel, notifyOnCommit, runsChannel } from '../../client/channels.ts';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { type AuditEntry, writeAudit } from '../observability/write-audit.ts';
import { appendEvents } from './append-events.ts';
import { closeRuns } from './close-runs.ts';
import { phaseEnd, phaseMs, queuedMs, waitedMs } from './phase.ts';
import { skipOpenItems } from './record-items.ts';

/** Who asks for a cancel. */
export interface CancelRequest {
  readonly runId: number;
  readonly actor: AuditEntry['actor'];
  /** Why, in the words of the person who asks; kept in the audit entry. */
  readonly reason?: string | null;
  readonly requestId?: string | null;
}

/** What became of it. */
export type CancelResult =
  /** It had not been taken by a worker: it has ended and holds nothing any more. */
  | { readonly kind: 'cancelled'; readonly freedScopes: readonly string[] }
  /** A worker is at it and has been told. */
  | { readonly kind: 'requested' }
  | { readonly kind: 'already_requested' }
  | { readonly kind: 'ended'; readonly status: RunStatus }
  | { readonly kind: 'not_found' };

/**
 * Asks a run to stop. The caller has already been shown to see it. The row lock decides the race with a claim or a
 * finish: whoever comes second sees what the first one left.
 */
export async function requestCancel(tx: WorkspaceTransaction, request: CancelRequest): Promise<CancelResult> {
  const [run] = await tx.query.execute<{ status: RunStatus; asked: boolean }>(sql`
    select status, cancel_requested_at is not null as asked from runs
    where workspace_id = ${tx.workspaceId} and id = ${request.runId} for update`);
  if (run === undefined) return { kind: 'not_found' };
  if (isTerminal(run.status)) return { kind: 'ended', status: run.status };
  if (run.status === 'running' && run.asked) return { kind: 'already_requested' };
  return run.status === 'running' ? tellWorker(tx, request) : cancelNow(tx, request, run.status);
}

async function tellWorker(tx: WorkspaceTransaction, request: CancelRequest): Promise<CancelResult> {
  const { runId, actor, reason } = request;
  const [told] = await tx.query.execute<{ seq: number }>(sql`
    update runs r set
      cancel_requested_at = now(), cancel_by = ${actor.name}, cancel_reason = ${reason ?? null}, event_seq = r.event_seq + 1
    where r.workspace_id = ${tx.workspaceId} and r.id = ${runId}
    returning r.event_seq as seq`);
  const seq = told?.seq ?? 0;
  await appendEvents(tx, runId, {
    firstSeq: seq,
    events: [{ kind: 'request', data: { action: 'cancel', by: actor.name } }],
  });
  await audit(tx, request, 'run.cancel_requested');
  const heads = [{ w: tx.workspaceId, r: runId, s: seq }];
  await notifyOnCommit(tx, runsChannel, heads);
  await notifyOnCommit(tx, cancelsChannel, heads);
  return { kind: 'requested' };
}

async function cancelNow(
  tx: WorkspaceTransaction,
  request: CancelRequest,
  from: RunStatus,
): Promise<CancelResult> {
  const { runId, actor, reason } = request;
  const error = {
    code: 'cancelled',
    message: 'The run was cancelled before all its work was done.',
  } as const;
  const [ended] = await tx.query.execute<{ seq: number }>(sql`
    update runs r set
      status = 'cancelled', cancel_requested_at = now(), cancel_by = ${actor.name}, cancel_reason = ${reason ?? null},
      finished_at = ${phaseEnd}, wait_cause = null,
      safe_error = ${JSON.stringify(error)}::jsonb, skipped = r.total - r.succeeded - r.failed,
      waiting_ms = r.waiting_ms + case when r.status = 'queued' then ${waitedMs} else ${phaseMs} end,
      queued_ms = r.queued_ms + case when r.status = 'queued' then ${queuedMs} else 0 end,
      phase_since = ${phaseEnd}, event_seq = r.event_seq + 2
    where r.workspace_id = ${tx.workspaceId} and r.id = ${runId}
    returning r.event_seq as seq`);
  const seq = ended?.seq ?? 0;
  await skipOpenItems(tx, [runId]);
  const freed = await closeRuns(tx, [runId]);
  await appendEvents(tx, runId, {
    firstSeq: seq - 1,
    events: [
      { kind: 'request', data: { action: 'cancel', by: actor.name } },
      { kind: 'state', data: { from, to: 'cancelled', reason: 'cancelled', safeError: error } },
    ],
  });
  await audit(tx, request, 'run.cancelled');
  await notifyOnCommit(tx, runsChannel, [{ w: tx.workspaceId, r: runId, s: seq }]);
  return { kind: 'cancelled', freedScopes: freed.get(runId) ?? [] };
}

async function audit(tx: WorkspaceTransaction, request: CancelRequest, action: string): Promise<void> {
  const { runId, actor, requestId, reason } = request;
  const object = { kind: 'run', id: String(runId) };
  const details = reason ? { reason } : {};
  await writeAudit(tx, [{ actor, action, object, runId, details, requestId: requestId ?? null }]);
}
