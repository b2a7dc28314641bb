import { holds, type Principal } from '@signalbox/domain/access/principal';
import type { ChangeFacts } from '@signalbox/domain/overview/describe-change';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';

/** A change with its number in the audit. */
export interface Change extends ChangeFacts {
  readonly id: number;
  readonly at: Date;
}

/** How far back the tail is looked through for what the caller may see. */
const lookedThrough = 500;

interface Row extends Record<string, unknown> {
  id: string;
  at: string;
  actor_kind: string;
  actor_name: string;
  action: string;
  object_kind: string;
  object_id: string;
  object_name: string | null;
  run_id: string | null;
  operation: string | null;
  tenant_id: string | null;
  tenant_name: string | null;
  status: string | null;
  reason: string | null;
}

/**
 * The tail of the audit, newest first, of what the caller may see: with `audit.read` everything about their tenants
 * and the workspace, but not who signed in and out; without it what became of runs, which the list of runs tells them too.
 */
export async function recentChanges(
  tx: WorkspaceTransaction,
  principal: Principal,
  most: number,
): Promise<Change[]> {
  const everything = holds(principal, 'audit.read');
  // What belongs to no tenant is told where it is known that it is nobody's secret; a bulk action to whom it touches.
  const entitled =
    principal.tenants === 'all'
      ? sql`true`
      : sql`(tenant_id = any (${bigints(principal.tenants)})
          or (tenant_id is null and object_kind in ('run', 'workspace'))
          or (object_kind = 'bulk_action' and exists (select from plan_items i
            where i.workspace_id = ${tx.workspaceId} and i.plan_id = told.number
              and (i.tenant_id is null or i.tenant_id = any (${bigints(principal.tenants)})))))`;
  const rows = await tx.query.execute<Row>(sql`
    with tail as materialized (
      select a.*, case when a.object_id ~ '^[0-9]{1,18}$' then a.object_id::bigint end as number
      from audit_entries a
      where a.workspace_id = ${tx.workspaceId} and a.action not like 'account.%' order by a.id desc limit ${lookedThrough}
    ), told as (
      select a.id, a.created_at as at, a.actor_kind, a.actor_name, a.action, a.object_kind, a.object_id, a.number, a.run_id,
        coalesce(c.label, s.name, t.external_id) as object_name,
        coalesce(r.operation, a.details ->> 'operation') as operation,
        case a.object_kind when 'run' then r.tenant_id when 'tenant' then a.number
          when 'connection' then c.tenant_id when 'backup_set' then s.tenant_id end as tenant_id,
        a.details ->> 'status' as status, a.details ->> 'reason' as reason
      from tail a
      -- Row by row: a join of the planner's choice may walk all runs to find these few.
      left join lateral (select r.operation, r.tenant_id from runs r
        where r.workspace_id = a.workspace_id and r.id = a.run_id limit 1) r on true
      left join connections c on a.object_kind = 'connection' and c.workspace_id = a.workspace_id and c.id = a.number
      left join backup_sets s on a.object_kind = 'backup_set' and s.workspace_id = a.workspace_id and s.id = a.number
      left join tenants t on a.object_kind = 'tenant' and t.workspace_id = a.workspace_id and t.id = a.number
    )
    select told.*, w.name as tenant_name
    from told left join tenants w on w.workspace_id = ${tx.workspaceId} and w.id = told.tenant_id
    where ${entitled} and (${everything}::boolean or told.run_id is not null)
    order by told.id desc limit ${most}`);
  return rows.map(toChange);
}

function toChange(row: Row): Change {
  const { operation, status, reason } = row;
  return {
    id: Number(row.id),
    at: new Date(row.at),
    actor: { kind: row.actor_kind, name: row.actor_name },
    action: row.action,
    object: { kind: row.object_kind, id: row.object_id, name: row.object_name },
    run: row.run_id === null ? null : { id: Number(row.run_id) },
    operation,
    tenant: row.tenant_id === null ? null : { id: Number(row.tenant_id), name: row.tenant_name ?? '' },
    status,
    reason,
  };
}
