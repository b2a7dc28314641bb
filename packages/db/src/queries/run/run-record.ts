import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { LinkKind } from '@signalbox/domain/gate/start-request';
import type { Counts } from '@signalbox/domain/run/counts';
import type { RunStatus } from '@signalbox/domain/run/lifecycle';
import type { SafeError } from '@signalbox/domain/run/safe-error';
import { eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { connections, tenants } from '../../schema/inventory.ts';
import { runs } from '../../schema/run.ts';

/** A run as every presenter reads it: no payload, no dialect, names beside ids. */
export interface RunRecord {
  readonly id: number;
  readonly uid: string;
  readonly operation: string;
  readonly status: RunStatus;
  readonly waitCause: string | null;
  readonly wakeAt: Date;
  readonly tenant: { readonly id: number; readonly externalId: string; readonly name: string } | null;
  readonly connection: { readonly id: number; readonly label: string } | null;
  readonly counts: Counts;
  readonly progress: number | null;
  readonly progressMessage: string | null;
  readonly progressAt: Date | null;
  readonly currentStep: string | null;
  readonly safeError: SafeError | null;
  readonly eventSeq: number;
  readonly attempt: number;
  readonly lostLeases: number;
  readonly leaseWorker: string | null;
  readonly leaseExpiresAt: Date | null;
  readonly heartbeatAt: Date | null;
  readonly cancelRequestedAt: Date | null;
  readonly cancelBy: string | null;
  readonly cancelReason: string | null;
  /** Ended phases only; the present one began at `phaseSince`. */
  readonly queuedMs: number;
  readonly waitingMs: number;
  readonly executingMs: number;
  readonly phaseSince: Date;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly initiator: {
    readonly kind: string;
    readonly userId: number | null;
    readonly name: string;
    /** The API key that acted for the person; null when they asked themselves, or when the key is who asked. */
    readonly keyName: string | null;
  };
  readonly parentRunId: number | null;
  readonly linkKind: LinkKind | null;
  readonly codename: string;
  readonly tags: readonly string[];
}

/** A run with what it was given and what it gave. */
export interface RunWithPayload extends RunRecord {
  readonly input: JsonObject;
  readonly output: JsonObject | null;
  readonly context: JsonObject;
}

const columns = {
  id: runs.id,
  uid: runs.uid,
  operation: runs.operation,
  status: runs.status,
  waitCause: runs.waitCause,
  wakeAt: runs.wakeAt,
  tenant: { id: tenants.id, externalId: tenants.externalId, name: tenants.name },
  connection: { id: connections.id, label: connections.label },
  counts: { total: runs.total, succeeded: runs.succeeded, failed: runs.failed, skipped: runs.skipped },
  progress: runs.progress,
  progressMessage: runs.progressMessage,
  progressAt: runs.progressAt,
  currentStep: runs.currentStep,
  safeError: runs.safeError,
  eventSeq: runs.eventSeq,
  attempt: runs.attempt,
  lostLeases: runs.lostLeases,
  leaseWorker: runs.leaseWorker,
  leaseExpiresAt: runs.leaseExpiresAt,
  heartbeatAt: runs.heartbeatAt,
  cancelRequestedAt: runs.cancelRequestedAt,
  cancelBy: runs.cancelBy,
  cancelReason: runs.cancelReason,
  queuedMs: runs.queuedMs,
  waitingMs: runs.waitingMs,
  executingMs: runs.executingMs,
  phaseSince: runs.phaseSince,
  createdAt: runs.createdAt,
  startedAt: runs.startedAt,
  finishedAt: runs.finishedAt,
  initiator: {
    kind: runs.initiatorKind,
    userId: runs.initiatorUserId,
    name: runs.initiatorName,
    // Not joined: hardly any run has one, and only those look.
    keyName: sql<
      string | null
    >`case when ${runs.initiatorUserId} is not null and ${runs.initiatorKeyId} is not null then
      (select k.name from api_keys k where k.workspace_id = ${runs.workspaceId} and k.id = ${runs.initiatorKeyId}) end`,
  },
  parentRunId: runs.parentRunId,
  linkKind: sql<LinkKind | null>`${runs.linkKind}`,
  codename: runs.codename,
  tags: runs.tags,
};

/** A select of run records, to which a query adds its conditions. Workspace isolation is the transaction's. */
export function selectRuns(tx: WorkspaceTransaction) {
  return tx.query
    .select(columns)
    .from(runs)
    .leftJoin(tenants, eq(tenants.id, runs.tenantId))
    .leftJoin(connections, eq(connections.id, runs.connectionId))
    .$dynamic();
}

/** The same with input, output and context. */
export function selectRunsWithPayload(tx: WorkspaceTransaction) {
  return tx.query
    .select({
      ...columns,
      input: sql<JsonObject>`${runs.input}`,
      output: sql<JsonObject | null>`${runs.output}`,
      context: sql<JsonObject>`${runs.context}`,
    })
    .from(runs)
    .leftJoin(tenants, eq(tenants.id, runs.tenantId))
    .leftJoin(connections, eq(connections.id, runs.connectionId))
    .$dynamic();
}

const dateFields = [
  'wakeAt',
  'leaseExpiresAt',
  'heartbeatAt',
  'progressAt',
  'cancelRequestedAt',
  'phaseSince',
  'createdAt',
  'startedAt',
  'finishedAt',
] as const;

/** Reads a record back from JSON, as it was kept under an Idempotency-Key. */
export function reviveRunRecord(kept: Record<string, unknown>): RunRecord {
  const revived = { ...kept };
  for (const field of dateFields) {
    const value = revived[field];
    if (typeof value === 'string') revived[field] = new Date(value);
  }
  return revived as unknown as RunRecord;
}
