import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { activeThrough } from './active-through.ts';

/** What the end of a connection would stop or leave in the air. */
export interface DisableImpact {
  /** Runs under way; they finish. */
  readonly activeRuns: number;
  /** Planned items that wait and would start through it; they fail when their turn comes. A cancel starts nothing. */
  readonly waitingItems: number;
  /** Onboardings under way that use it. */
  readonly onboardings: number;
  /** Other enabled connections of the tenant to the provider, of which one could be made the default. */
  readonly others: number;
}

interface Row extends Record<string, unknown> {
  active: number;
  waiting: number;
  onboardings: number;
  others: number;
}

/** What a disable of this connection would mean now. */
export async function disableImpact(
  tx: WorkspaceTransaction,
  connection: {
    readonly id: number;
    readonly provider: string;
    readonly tenant: { readonly id: number } | null;
  },
): Promise<DisableImpact> {
  const { id, provider } = connection;
  const tenantId = connection.tenant?.id ?? null;
  const [row] = await tx.query.execute<Row>(sql`
    select (select count(*)::int from runs r where r.workspace_id = ${tx.workspaceId}
        and r.connection_id = ${id}::bigint and ${activeThrough}) as active,
      (select count(*)::int from plan_items i
        join plans p on p.workspace_id = i.workspace_id and p.id = i.plan_id and p.status = 'working'
          and p.action is distinct from 'cancel'
        left join runs s on s.workspace_id = i.workspace_id and s.id = i.source_run_id
        where i.workspace_id = ${tx.workspaceId} and i.status = 'waiting'
          and coalesce(i.connection_id, s.connection_id) = ${id}::bigint) as waiting,
      (select count(*)::int from onboarding_sessions o where o.workspace_id = ${tx.workspaceId}
        and o.connection_id = ${id}::bigint and o.status in ('draft', 'in_progress')) as onboardings,
      (select count(*)::int from connections c where c.workspace_id = ${tx.workspaceId}
        and c.tenant_id = ${tenantId}::bigint and c.provider = ${provider} and c.id <> ${id}::bigint
        and c.enabled) as others`);
  return {
    activeRuns: row?.active ?? 0,
    waitingItems: row?.waiting ?? 0,
    onboardings: row?.onboardings ?? 0,
    others: row?.others ?? 0,
  };
}
