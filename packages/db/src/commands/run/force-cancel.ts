import { decideForceCancel } from '@signalbox/domain/run/force-cancel';
import type { RunStatus } from '@signalbox/domain/run/lifecycle';
import type { SafeError } from '@signalbox/domain/run/safe-error';
import { sql } from 'drizzle-orm';
import { cancelsChannel, notifyOnCommit, runsChannel } from '../../client/channels.ts';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { appendEvents } from './append-events.ts';
import { closeRuns } from './close-runs.ts';
import { phaseEnd, phaseMs } from './phase.ts';
import { skipOpenItems } from './record-items.ts';
import type { CancelRequest } from './request-cancel.ts';

/** What became of a forced cancel. */
export type ForceCancelResult =
  | { readonly kind: 'cancelled'; readonly freedScopes: readonly string[] }
  /** The state of the run does not admit it; the sentence says why. */
  | { readonly kind: 'refused'; readonly problem: string }
  | { readonly kind: 'not_found' };

interface Row extends Record<string, unknown> {
  readonly status: RunStatus;
  readonly now: string;
  readonly asked: string | null;
  readonly expires: string | null;
  readonly open: number;
}

/**
 * Ends a running run over the head of its worker. The row lock decides the race with a write of that worker; the
 * epoch it raises is what keeps the worker from writing afterwards, so its scope can be freed at once.
 */
export async function forceCancel(
  tx: WorkspaceTransaction,
  request: CancelRequest & { readonly reason: string },
): Promise<ForceCancelResult> {
  const { runId, actor, reason, requestId } = request;
  const [run] = await tx.query.execute<Row>(sql`
    select status, now() as now, cancel_requested_at as asked, lease_expires_at as expires,
      total - succeeded - failed - skipped as open
    from runs where workspace_id = ${tx.workspaceId} and id = ${runId} for update`);
  if (run === undefined) return { kind: 'not_found' };
  const date = (at: string | null): Date | null => (at === null ? null : new Date(at));
  const facts = {
    status: run.status,
    cancelRequestedAt: date(run.asked),
    leaseExpiresAt: date(run.expires),
  };
  const { problem } = decideForceCancel(facts, new Date(run.now));
  if (problem !== null) return { kind: 'refused', problem };
  const error: SafeError = {
    code: 'cancelled',
    message: 'The run was ended without its worker; what that worker did last may not be recorded.',
    context: { forced: true, openItems: run.open },
  };
  const [ended] = await tx.query.execute<{ seq: number }>(sql`
    update runs r set
      status = 'cancelled', finished_at = ${phaseEnd}, safe_error = ${JSON.stringify(error)}::jsonb,
      cancel_by = ${actor.name}, cancel_reason = ${reason}, skipped = r.total - r.succeeded - r.failed,
      lease_epoch = r.lease_epoch + 1, lease_writes = 0, lease_expires_at = null, lease_worker = null, wait_cause = null,
      executing_ms = r.executing_ms + ${phaseMs}, phase_since = ${phaseEnd}, event_seq = r.event_seq + 2
    where r.workspace_id = ${tx.workspaceId} and r.id = ${runId}
    returning r.event_seq as seq`);
  const seq = ended?.seq ?? 0;
  await skipOpenItems(tx, [runId]);
  const freed = (await closeRuns(tx, [runId])).get(runId) ?? [];
  await appendEvents(tx, runId, {
    firstSeq: seq - 1,
    events: [
      { kind: 'request', data: { action: 'force_cancel', by: actor.name } },
      {
        kind: 'state',
        data: { from: 'running', to: 'cancelled', reason: 'cancelled', safeError: error },
      },
    ],
  });
  const object = { kind: 'run', id: String(runId) };
  const details = { reason, freedScopes: [...freed] };
  await writeAudit(tx, [
    { actor, action: 'run.force_cancelled', object, runId, details, requestId: requestId ?? null },
  ]);
  const heads = [{ w: tx.workspaceId, r: runId, s: seq }];
  await notifyOnCommit(tx, runsChannel, heads);
  // A worker that lives after all learns at once that there is nothing left to do.
  await notifyOnCommit(tx, cancelsChannel, heads);
  return { kind: 'cancelled', freedScopes: freed };
}
