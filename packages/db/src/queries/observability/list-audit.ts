import type { Principal } from '@signalbox/domain/access/principal';
import { type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';

/** Which entries. Every field narrows; an absent one does not. */
export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly objectKind?: string | undefined;
  readonly objectId?: string | undefined;
  readonly runId?: number | undefined;
  readonly requestId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** An entry with the names of what it is about. */
export interface AuditRecord {
  readonly id: number;
  readonly createdAt: Date;
  readonly actorKind: string;
  readonly actorName: string;
  readonly onBehalfOf: string | null;
  readonly action: string;
  readonly objectKind: string;
  readonly objectId: string;
  readonly objectName: string | null;
  readonly runId: number | null;
  readonly operation: string | null;
  readonly tenant: { readonly id: number; readonly name: string } | null;
  readonly details: unknown;
  readonly requestId: string | null;
}

/** A part of the log: what was found, and where to look further. */
export interface AuditPart {
  readonly entries: readonly AuditRecord[];
  /** The id below which the log was not looked through; null at its end. */
  readonly below: number | null;
  readonly lookedBackTo: Date | null;
}

/** Entries looked through for one part: a narrow filter must not read a log of millions in one statement. */
export const lookedThrough = 20_000;

/**
 * An entry carries the moment its transaction began, and its id comes later: entries further back than this before the
 * wanted time need not be looked at.
 */
const longestTransactionMs = 3_600_000;

interface Row extends Record<string, unknown> {
  id: string;
  created_at: string;
  actor_kind: string;
  actor_name: string;
  on_behalf_of: string | null;
  action: string;
  object_kind: string;
  object_id: string;
  object_name: string | null;
  run_id: string | null;
  operation: string | null;
  tenant_id: string | null;
  tenant_name: string | null;
  details: unknown;
  request_id: string | null;
}

/** Entries of the workspace that this caller may know of, newest first. */
export async function listAudit(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: {
    readonly filter: AuditFilter;
    readonly below: number | null;
    readonly limit: number;
    readonly window?: number;
  },
): Promise<AuditPart> {
  const { filter, below, limit, window = lookedThrough } = ask;
  const start = sql`workspace_id = ${tx.workspaceId}
    ${below === null ? sql`` : sql`and id < ${below}::bigint`}
    ${filter.runId === undefined ? sql`` : sql`and run_id = ${filter.runId}::bigint`}`;
  const rows = await tx.query.execute<Row>(sql`
    with wanted as (
      select a.*, case when a.object_id ~ '^[0-9]{1,18}$' then a.object_id::bigint end as number
      from (select * from audit_entries where ${start} order by id desc limit ${window}) a
      where ${conditions(filter)}
    ), told as (
      select a.id, a.created_at, a.actor_kind, a.actor_name, a.on_behalf_of, a.action, a.object_kind, a.object_id,
        a.run_id, a.request_id, a.details, a.number,
        coalesce(c.label, s.name, t.name, case a.object_kind
          when 'user' then case when a.actor_kind = 'user' then a.actor_name end
          when 'member' then a.details ->> 'username'
          when 'api_key' then a.details ->> 'name' end) as object_name,
        coalesce(r.operation, a.details ->> 'operation') as operation,
        coalesce(r.tenant_id, case a.object_kind when 'tenant' then a.number when 'connection' then c.tenant_id
          when 'backup_set' then s.tenant_id end) as tenant_id
      from wanted a
      -- Row by row: a join of the planner's choice may walk all runs to find these few.
      left join lateral (select r.operation, r.tenant_id from runs r
        where r.workspace_id = a.workspace_id and r.id = a.run_id limit 1) r on true
      left join lateral (select c.label, c.tenant_id from connections c
        where a.object_kind = 'connection' and c.workspace_id = a.workspace_id and c.id = a.number limit 1) c on true
      left join lateral (select s.name, s.tenant_id from backup_sets s
        where a.object_kind = 'backup_set' and s.workspace_id = a.workspace_id and s.id = a.number limit 1) s on true
      left join lateral (select t.name from tenants t
        where a.object_kind = 'tenant' and t.workspace_id = a.workspace_id and t.id = a.number limit 1) t on true
    )
    select told.*, (select w.name from tenants w where w.workspace_id = ${tx.workspaceId} and w.id = told.tenant_id)
      as tenant_name
    from told where ${entitledTo(tx, principal)} order by told.id desc limit ${limit + 1}`);
  const entries = rows.slice(0, limit).map((row) => toRecord(row, principal));
  const last = entries.at(-1);
  if (rows.length > limit && last !== undefined) {
    return { entries, below: last.id, lookedBackTo: last.createdAt };
  }
  return { entries, ...(await edge(tx, { start, window, from: filter.from })) };
}

/** Where the part that was looked through ends, when there is more below it. */
async function edge(
  tx: WorkspaceTransaction,
  { start, window, from }: { start: SQL; window: number; from: Date | undefined },
): Promise<Pick<AuditPart, 'below' | 'lookedBackTo'>> {
  const [row] = await tx.query.execute<{ id: string; at: string }>(sql`
    select id, created_at as at from audit_entries where ${start} order by id desc offset ${window - 1} limit 1`);
  if (row === undefined) return { below: null, lookedBackTo: null };
  const at = new Date(row.at);
  if (from !== undefined && at.getTime() < from.getTime() - longestTransactionMs) {
    return { below: null, lookedBackTo: null };
  }
  return { below: Number(row.id), lookedBackTo: at };
}

function conditions({ actor, action, objectKind, objectId, requestId, from, to }: AuditFilter): SQL {
  const parts = [
    sql`true`,
    actor !== undefined && sql`(a.actor_name = ${actor} or a.on_behalf_of = ${actor})`,
    action !== undefined && sql`a.action = ${action}`,
    objectKind !== undefined && sql`a.object_kind = ${objectKind}`,
    objectId !== undefined && sql`a.object_id = ${objectId}`,
    requestId !== undefined && sql`a.request_id = ${requestId}`,
    from !== undefined && sql`a.created_at >= ${from.toISOString()}::timestamptz`,
    to !== undefined && sql`a.created_at < ${to.toISOString()}::timestamptz`,
  ].filter((part) => part !== false);
  return sql.join(parts, sql` and `);
}

/** Kinds that belong to no tenant but whose details may name tenants: told without them. */
const withoutDetails = ['user', 'member', 'invitation', 'api_key'];

/** What belongs to no tenant is told where it is nobody's secret; a bulk action to whom it touches. */
function entitledTo(tx: WorkspaceTransaction, { tenants }: Principal): SQL {
  if (tenants === 'all') return sql`true`;
  return sql`(tenant_id = any (${bigints(tenants)})
    or (tenant_id is null and object_kind in ('run', 'workspace', 'user', 'member', 'invitation', 'api_key'))
    or (object_kind = 'bulk_action' and exists (select from plan_items i
      where i.workspace_id = ${tx.workspaceId} and i.plan_id = told.number
        and (i.tenant_id is null or i.tenant_id = any (${bigints(tenants)})))))`;
}

function toRecord(row: Row, { tenants }: Principal): AuditRecord {
  const withheld = tenants !== 'all' && withoutDetails.includes(row.object_kind);
  return {
    id: Number(row.id),
    createdAt: new Date(row.created_at),
    actorKind: row.actor_kind,
    actorName: row.actor_name,
    onBehalfOf: row.on_behalf_of,
    action: row.action,
    objectKind: row.object_kind,
    objectId: row.object_id,
    objectName: row.object_name,
    runId: row.run_id === null ? null : Number(row.run_id),
    operation: row.operation,
    tenant: row.tenant_id === null ? null : { id: Number(row.tenant_id), name: row.tenant_name ?? '' },
    details: withheld ? {} : row.details,
    requestId: row.request_id,
  };
}
