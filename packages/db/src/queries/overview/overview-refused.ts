import type { Principal } from '@signalbox/domain/access/principal';
import { reasons } from '@signalbox/domain/gate/reasons';
import type { AttentionFacts } from '@signalbox/domain/overview/attention';
import { countCap, counted } from '@signalbox/domain/overview/counted-runs';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { auditEntries } from '../../schema/observability.ts';
import { refusalsWhere } from '../gate/refusals.ts';
import { hoursBefore, refusedHours } from './meant.ts';

interface Row extends Record<string, unknown> {
  total: number;
  operation: string;
  reason: string | null;
  tenant_id: string | null;
  tenant_name: string | null;
  times: number;
  at: string;
}

/** Refused starts of the last hours: how many, and the newest few kinds with how often each came. */
export async function refusedLately(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: { readonly now: Date; readonly most: number },
): Promise<AttentionFacts['refused']> {
  const where = refusalsWhere(tx, principal, { since: hoursBefore(ask.now, refusedHours) });
  const rows = await tx.query.execute<Row>(sql`
    with found as materialized (
      select ${auditEntries.objectId} as object_id, ${auditEntries.details} ->> 'operation' as operation,
        ${auditEntries.details} ->> 'reason' as reason, ${auditEntries.createdAt} as at
      from ${auditEntries} where ${where}
      order by ${auditEntries.createdAt} desc, ${auditEntries.id} desc limit ${countCap + 1}
    ), kinds as (
      select object_id, operation, reason, count(*)::int as times, max(at) as at
      from found group by 1, 2, 3 order by max(at) desc limit ${ask.most}
    )
    select (select count(*)::int from found) as total, k.operation, k.reason, k.times, k.at,
      t.id as tenant_id, t.name as tenant_name
    from kinds k left join tenants t on t.workspace_id = ${tx.workspaceId}
      and t.id = case when k.object_id ~ '^[0-9]{1,18}$' then k.object_id::bigint end
    order by k.at desc`);
  return {
    count: counted(rows[0]?.total ?? 0),
    groups: rows.map(({ operation, reason, times, at, tenant_id, tenant_name }) => ({
      operation,
      tenant: tenant_id === null ? null : { id: Number(tenant_id), name: tenant_name ?? '' },
      reason: { code: reason ?? '', label: labelOf(reason) },
      times,
      at: new Date(at),
    })),
  };
}

function labelOf(code: string | null): string {
  return code !== null && Object.hasOwn(reasons, code)
    ? reasons[code as keyof typeof reasons].label
    : 'Refused';
}
