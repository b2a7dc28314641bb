import { entitled, type Principal } from '@signalbox/domain/access/principal';
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { tenants } from '../../schema/inventory.ts';

/** A tenant by the id of one dialect: the integer, or the external id. */
export type TenantKey = { readonly id: number } | { readonly externalId: string };

/** The tenant, or null when it does not exist or the caller may not know that it does. */
export async function getTenant(tx: WorkspaceTransaction, principal: Principal, key: TenantKey) {
  const matches = 'id' in key ? eq(tenants.id, key.id) : eq(tenants.externalId, key.externalId);
  const [tenant] = await tx.query
    .select()
    .from(tenants)
    .where(and(eq(tenants.workspaceId, tx.workspaceId), matches));
  return tenant !== undefined && entitled(principal, tenant.id) ? tenant : null;
}

/** Tenants the caller is entitled to, after an id, in order of id. */
export async function listTenants(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: { readonly after: number; readonly limit: number },
) {
  const mine = principal.tenants === 'all' ? undefined : inArray(tenants.id, [...principal.tenants, -1]);
  return tx.query
    .select()
    .from(tenants)
    .where(and(eq(tenants.workspaceId, tx.workspaceId), mine, gt(tenants.id, ask.after)))
    .orderBy(asc(tenants.id))
    .limit(ask.limit);
}
