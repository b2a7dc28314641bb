import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { Counts } from '@signalbox/domain/run/counts';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints, interval } from '../../client/rows.ts';
import { appendNumberedEvents } from './append-events.ts';
import { phaseEnd, phaseMs, queuedMs, waitedMs } from './phase.ts';

/** Who claims, and for how long. */
export interface Claimant {
  /** Unique to one start of one process. */
  readonly worker: string;
  readonly leaseMs: number;
}

/** A run as the worker that now holds its lease knows it. */
export interface ClaimedRun {
  readonly workspaceId: string;
  readonly id: number;
  readonly uid: string;
  readonly operation: string;
  readonly tenantId: number | null;
  readonly connectionId: number | null;
  readonly parentRunId: number | null;
  /** How it relates to its parent: `replay` or `retry`. */
  readonly linkKind: string | null;
  readonly input: JsonObject;
  readonly context: JsonObject;
  readonly initiator: { readonly kind: string; readonly name: string };
  /** The fencing number: every later write names it. */
  readonly epoch: number;
  /** Tries of the operation, this one included. Takeovers and hand-overs are no tries. */
  readonly attempt: number;
  readonly lostLeases: number;
  readonly cancelRequested: boolean;
  readonly counts: Counts;
  readonly progress: number | null;
  readonly currentStep: string | null;
  readonly eventSeq: number;
}

type Row = Omit<ClaimedRun, 'id' | 'tenantId' | 'connectionId' | 'parentRunId' | 'counts' | 'initiator'> &
  Counts & {
    [Key in 'id' | 'tenantId' | 'connectionId' | 'parentRunId']: string | null;
  } & { was: 'queued' | 'running'; initiatorKind: string; initiatorName: string };

/**
 * Takes the lease of each run that is queued and due, or whose lease has expired, on the database's clock. Two
 * workers that claim one run meet at its row lock, and the second finds nothing. Runs not answered are not ours.
 */
export async function claimRuns(
  tx: WorkspaceTransaction,
  runIds: readonly number[],
  claimant: Claimant,
): Promise<ClaimedRun[]> {
  const rows = await tx.query.execute<Row & Record<string, unknown>>(sql`
    with due as (
      select id, status from runs
      where workspace_id = ${tx.workspaceId} and id = any (${bigints(runIds)})
        and ((status = 'queued' and wake_at <= now()) or (status = 'running' and lease_expires_at < now()))
      order by id for update
    )
    update runs r set
      status = 'running',
      lease_epoch = r.lease_epoch + 1,
      lease_writes = 0,
      lease_expires_at = now() + ${interval(claimant.leaseMs)},
      lease_worker = ${claimant.worker},
      heartbeat_at = now(),
      lost_leases = r.lost_leases + (due.status = 'running')::int,
      attempt = r.attempt
        + (due.status = 'queued' and (r.attempt = 0 or r.wait_cause is not distinct from 'waiting_to_retry'))::int,
      wait_cause = null,
      waiting_ms = r.waiting_ms + case when due.status = 'queued' then ${waitedMs} else 0 end,
      queued_ms = r.queued_ms + case when due.status = 'queued' then ${queuedMs} else 0 end,
      executing_ms = r.executing_ms + case when due.status = 'running' then ${phaseMs} else 0 end,
      phase_since = ${phaseEnd},
      started_at = coalesce(r.started_at, now()),
      event_seq = r.event_seq + 1
    from due
    where r.workspace_id = ${tx.workspaceId} and r.id = due.id
    returning r.workspace_id as "workspaceId", r.id, r.uid, r.operation, r.tenant_id as "tenantId",
      r.connection_id as "connectionId", r.parent_run_id as "parentRunId", r.link_kind as "linkKind", r.input, r.context,
      r.initiator_kind as "initiatorKind", r.initiator_name as "initiatorName", r.lease_epoch as epoch, r.attempt,
      r.lost_leases as "lostLeases", r.cancel_requested_at is not null as "cancelRequested",
      r.total, r.succeeded, r.failed, r.skipped, r.progress, r.current_step as "currentStep",
      r.event_seq as "eventSeq", due.status as was`);
  await appendNumberedEvents(
    tx,
    rows.map((row) => ({
      runId: Number(row.id),
      seq: row.eventSeq,
      event: { kind: 'state', data: { from: row.was, to: 'running', worker: claimant.worker } },
    })),
  );
  return rows.map(toClaimedRun);
}

function toClaimedRun(row: Row): ClaimedRun {
  const { was, total, succeeded, failed, skipped, initiatorKind, initiatorName, ...rest } = row;
  const integer = (value: string | null): number | null => (value === null ? null : Number(value));
  return {
    ...rest,
    id: Number(row.id),
    tenantId: integer(row.tenantId),
    connectionId: integer(row.connectionId),
    parentRunId: integer(row.parentRunId),
    initiator: { kind: initiatorKind, name: initiatorName },
    counts: { total, succeeded, failed, skipped },
  };
}
