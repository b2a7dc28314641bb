import { and, asc, eq } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { roleDefinitions } from '../../schema/inventory.ts';
import { afterName, contains, type RemovedFilter, removedIs } from './filters.ts';
import type { NameCursor } from './tenants.ts';

/** Role definitions seen at a tenant, by name. `search` is part of the name and taken literally. */
export async function listRoleDefinitions(
  tx: WorkspaceTransaction,
  tenantId: number,
  ask: {
    readonly source?: 'entra' | 'intune' | undefined;
    readonly search?: string | undefined;
    readonly removed: RemovedFilter;
    readonly after: NameCursor | null;
    readonly limit: number;
  },
) {
  return tx.query
    .select({
      id: roleDefinitions.id,
      source: roleDefinitions.source,
      externalId: roleDefinitions.externalId,
      name: roleDefinitions.name,
      description: roleDefinitions.description,
      builtIn: roleDefinitions.builtIn,
      permissions: roleDefinitions.permissions,
      lastSeenAt: roleDefinitions.lastSeenAt,
      removedAt: roleDefinitions.removedAt,
    })
    .from(roleDefinitions)
    .where(
      and(
        eq(roleDefinitions.workspaceId, tx.workspaceId),
        eq(roleDefinitions.tenantId, tenantId),
        ask.source === undefined ? undefined : eq(roleDefinitions.source, ask.source),
        removedIs(roleDefinitions.removedAt, ask.removed),
        contains(roleDefinitions.name, ask.search),
        afterName(roleDefinitions, ask.after),
      ),
    )
    .orderBy(asc(roleDefinitions.name), asc(roleDefinitions.id))
    .limit(ask.limit);
}
