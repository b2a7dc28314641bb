import { entitled, type Principal } from '@signalbox/domain/access/principal';
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { tenants } from '../../schema/inventory.ts';

/** A tenant as an entitlement names it. */
export interface EntitledTenant {
  readonly id: number;
  readonly externalId: string;
  readonly name: string;
}

/** The tenants with these ids that the caller sees, by name; others are left out without a word. */
export async function namedTenants(
  tx: WorkspaceTransaction,
  principal: Principal,
  ids: readonly number[],
): Promise<EntitledTenant[]> {
  const seen = [...new Set(ids)].filter((id) => entitled(principal, id));
  if (seen.length === 0) return [];
  return tx.query
    .select({ id: tenants.id, externalId: tenants.externalId, name: tenants.name })
    .from(tenants)
    .where(and(eq(tenants.workspaceId, tx.workspaceId), inArray(tenants.id, seen)))
    .orderBy(asc(tenants.name), asc(tenants.id));
}
