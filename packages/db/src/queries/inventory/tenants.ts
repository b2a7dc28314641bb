import { entitled, type Principal } from '@signalbox/domain/access/principal';
import { canonicalExternalId } from '@signalbox/domain/inventory/external-id';
import { activeStatuses } from '@signalbox/domain/run/lifecycle';
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { tenants } from '../../schema/inventory.ts';

/** A tenant by the id of one dialect: the integer, or the external id. */
export type TenantKey = { readonly id: number } | { readonly externalId: string };

/** A place in a list that is ordered by name. */
export interface NameCursor {
  readonly name: string;
  readonly id: number;
}

// In a select from one table drizzle writes columns without their table, so the correlated counts name it themselves.
const columns = {
  id: tenants.id,
  externalId: tenants.externalId,
  name: tenants.name,
  createdAt: tenants.createdAt,
  connections: sql<number>`(select count(*)::int from connections c
    where c.workspace_id = tenants.workspace_id and c.tenant_id = tenants.id)`,
  backupSets: sql<number>`(select count(*)::int from backup_sets b
    where b.workspace_id = tenants.workspace_id and b.tenant_id = tenants.id)`,
  activeRuns: sql<number>`(select count(*)::int from runs r
    where r.workspace_id = tenants.workspace_id and r.tenant_id = tenants.id
      and r.status in ${[...activeStatuses]})`,
};

/** A tenant as its readers see it. */
export type TenantRecord = NonNullable<Awaited<ReturnType<typeof tenantRecord>>>;

/** The tenant, or null when it does not exist or the caller may not know that it does. */
export async function getTenant(
  tx: WorkspaceTransaction,
  principal: Principal,
  key: TenantKey,
): Promise<TenantRecord | null> {
  const tenant = await tenantRecord(tx, key);
  return tenant !== null && entitled(principal, tenant.id) ? tenant : null;
}

/** The tenant, whoever asks; for commands that have asked already, or that make it. */
export async function tenantRecord(tx: WorkspaceTransaction, key: TenantKey) {
  const matches =
    'id' in key ? eq(tenants.id, key.id) : eq(tenants.externalId, canonicalExternalId(key.externalId) ?? '');
  const [tenant] = await tx.query
    .select(columns)
    .from(tenants)
    .where(and(eq(tenants.workspaceId, tx.workspaceId), matches));
  return tenant ?? null;
}

/** Tenants the caller is entitled to, by name. */
export async function listTenants(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: { readonly after: NameCursor | null; readonly limit: number },
) {
  const mine = principal.tenants === 'all' ? undefined : inArray(tenants.id, [...principal.tenants, -1]);
  return tx.query
    .select(columns)
    .from(tenants)
    .where(and(eq(tenants.workspaceId, tx.workspaceId), mine, afterName(ask.after)))
    .orderBy(asc(tenants.name), asc(tenants.id))
    .limit(ask.limit);
}

function afterName(cursor: NameCursor | null): SQL | undefined {
  return cursor === null
    ? undefined
    : sql`(${tenants.name}, ${tenants.id}) > (${cursor.name}, ${cursor.id}::bigint)`;
}
