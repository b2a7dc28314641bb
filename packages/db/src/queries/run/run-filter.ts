import type { Principal } from '@signalbox/domain/access/principal';
import type { ReasonCode } from '@signalbox/domain/gate/reasons';
import { type RunStatus, terminalStatuses } from '@signalbox/domain/run/lifecycle';
import { and, eq, gte, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { connections } from '../../schema/inventory.ts';
import { runs, taskRuns } from '../../schema/run.ts';
import { visibleTo } from './get-run.ts';

/** Which runs of a workspace are meant. Every field narrows; an absent one does not. */
export interface RunFilter {
  readonly statuses?: readonly RunStatus[] | undefined;
  readonly operations?: readonly string[] | undefined;
  readonly tenantId?: number | undefined;
  readonly connectionId?: number | undefined;
  /** Work of provisioning on the infra of this name. */
  readonly infra?: string | undefined;
  /** Who asked for it; an id, where it is known, keeps another bearer of the name apart. */
  readonly initiator?:
    | { readonly username: string; readonly userId?: number; readonly keyId?: string }
    | undefined;
  readonly tag?: string | undefined;
  /** Why it waits or did not succeed: what `runReason` says of it. */
  readonly reason?: ReasonCode | undefined;
  readonly createdAfter?: Date | undefined;
  readonly createdBefore?: Date | undefined;
  readonly endedAfter?: Date | undefined;
  readonly endedBefore?: Date | undefined;
  readonly parentRunId?: number | undefined;
  /** The one run with this id or uid, or those with this codename. */
  readonly named?:
    | { readonly id: number }
    | { readonly uid: string }
    | { readonly codename: string }
    | undefined;
}

/**
 * Plans what follows in this transaction for the values it is asked with. One plan for every filter would walk all
 * runs for the few that ended a moment ago; that is worth a millisecond of planning where people look for something.
 */
export async function planForValues(tx: WorkspaceTransaction): Promise<void> {
  await tx.query.execute(sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`);
}

/**
 * The condition of a query for the runs meant: in this workspace, visible to the caller, and matching. Lists, counts
 * and bulk actions use this one, so that a number and the rows behind it agree.
 */
export function runsMeant(
  tx: WorkspaceTransaction,
  principal: Principal,
  filter: RunFilter,
): SQL | undefined {
  return and(eq(runs.workspaceId, tx.workspaceId), visibleTo(principal), ...conditions(tx, filter));
}

function conditions(tx: WorkspaceTransaction, filter: RunFilter): (SQL | undefined)[] {
  const { statuses, operations, initiator, tag, named } = filter;
  return [
    statuses && inArray(runs.status, [...statuses]),
    operations && inArray(runs.operation, [...operations]),
    filter.tenantId === undefined ? undefined : eq(runs.tenantId, filter.tenantId),
    filter.connectionId === undefined ? undefined : onConnection(tx, filter.connectionId),
    filter.infra === undefined ? undefined : onInfra(filter.infra),
    initiator && eq(runs.initiatorName, initiator.username),
    initiator?.userId === undefined ? undefined : eq(runs.initiatorUserId, initiator.userId),
    initiator?.keyId === undefined ? undefined : startedBy(initiator.keyId),
    tag === undefined ? undefined : sql`${runs.tags} <> '{}' and ${runs.tags} @> array[${tag}]`,
    filter.reason && because(filter.reason),
    filter.createdAfter && gte(runs.createdAt, filter.createdAfter),
    filter.createdBefore && lt(runs.createdAt, filter.createdBefore),
    filter.endedAfter && gte(runs.finishedAt, filter.endedAfter),
    filter.endedBefore && lt(runs.finishedAt, filter.endedBefore),
    filter.parentRunId === undefined ? undefined : eq(runs.parentRunId, filter.parentRunId),
    named && isNamed(named),
  ];
}

/** The tenant is named too, since the list of a tenant has an index and that of a connection none. */
function onConnection(tx: WorkspaceTransaction, connectionId: number): SQL | undefined {
  const tenant = tx.query
    .select({ id: connections.tenantId })
    .from(connections)
    .where(and(eq(connections.workspaceId, tx.workspaceId), eq(connections.id, connectionId)));
  return and(eq(runs.tenantId, tenant), eq(runs.connectionId, connectionId));
}

/** Only tasks name an infra, and those have an index, in these words. */
function onInfra(infra: string): SQL | undefined {
  return and(taskRuns, sql`${runs.input} ->> 'infra' = ${infra}`);
}

/** Runs a key started for itself; what it started for a person is that person's. */
function startedBy(keyId: string): SQL | undefined {
  return and(eq(runs.initiatorKeyId, keyId), isNull(runs.initiatorUserId));
}

/** `runReason` as a condition. */
function because(reason: ReasonCode): SQL | undefined {
  const code = sql`${runs.safeError} ->> 'code'`;
  if (reason === 'approval_required')
    return or(eq(runs.status, 'awaiting_approval'), sql`${code} = ${reason}`);
  const queued = and(
    eq(runs.status, 'queued'),
    reason === 'waiting_for_worker'
      ? or(isNull(runs.waitCause), eq(runs.waitCause, reason))
      : eq(runs.waitCause, reason),
  );
  const ended = and(
    inArray(runs.status, [...terminalStatuses]),
    isNotNull(runs.safeError),
    sql`${code} = ${reason}`,
  );
  if (reason !== 'cancelled') return or(queued, ended);
  return or(ended, and(eq(runs.status, 'cancelled'), isNull(runs.safeError)));
}

function isNamed(named: NonNullable<RunFilter['named']>): SQL {
  if ('id' in named) return eq(runs.id, named.id);
  return 'uid' in named ? eq(runs.uid, named.uid) : eq(runs.codename, named.codename);
}
