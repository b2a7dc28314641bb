import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import type { ComplianceRow } from './compliance-snapshots.ts';

/** How much is known of a tenant. Counts are of what is there, not of what is gone. */
export interface TenantInventory {
  readonly groups: number;
  readonly roleDefinitions: number;
  readonly policies: number;
  /** When all groups were last read, or what has changed among them; null before the first sync. */
  readonly groupsSyncedAt: Date | null;
  /** The newest one. */
  readonly compliance: ComplianceRow | null;
}

interface Row extends Record<string, unknown> {
  readonly groups: number;
  readonly roleDefinitions: number;
  readonly policies: number;
  readonly groupsSyncedAt: string | null;
  readonly compliance: (Omit<ComplianceRow, 'createdAt'> & { readonly createdAt: string }) | null;
}

/** Counts what is known of a tenant, in one query. */
export async function tenantInventory(tx: WorkspaceTransaction, tenantId: number): Promise<TenantInventory> {
  const mine = (alias: string) =>
    sql`${sql.raw(alias)}.workspace_id = ${tx.workspaceId} and ${sql.raw(alias)}.tenant_id = ${tenantId}`;
  const [row] = await tx.query.execute<Row>(sql`
    select
      (select count(*)::int from groups g where ${mine('g')} and g.removed_at is null) as groups,
      (select count(*)::int from role_definitions d where ${mine('d')} and d.removed_at is null) as "roleDefinitions",
      (select count(*)::int from policies p where ${mine('p')} and p.removed_at is null) as policies,
      (select max(s.updated_at) from sync_states s where ${mine('s')}) as "groupsSyncedAt",
      (select jsonb_build_object('id', c.id, 'runId', c.run_id, 'devices', c.devices, 'states', c.states,
          'createdAt', c.created_at)
        from compliance_snapshots c where ${mine('c')} order by c.id desc limit 1) as compliance`);
  if (row === undefined) throw new Error('A query of counts gave no row.');
  const { groupsSyncedAt, compliance, ...counts } = row;
  return {
    ...counts,
    groupsSyncedAt: groupsSyncedAt === null ? null : new Date(groupsSyncedAt),
    compliance: compliance === null ? null : { ...compliance, createdAt: new Date(compliance.createdAt) },
  };
}
