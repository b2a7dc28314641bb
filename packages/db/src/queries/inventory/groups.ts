import { and, asc, eq } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { groups } from '../../schema/inventory.ts';
import { afterName, contains, type RemovedFilter, removedIs } from './filters.ts';
import type { NameCursor } from './tenants.ts';

/** Groups seen at a tenant, by name. `search` is part of the name and taken literally. */
export async function listGroups(
  tx: WorkspaceTransaction,
  tenantId: number,
  ask: {
    readonly search?: string | undefined;
    readonly removed: RemovedFilter;
    readonly after: NameCursor | null;
    readonly limit: number;
  },
) {
  return tx.query
    .select({
      id: groups.id,
      externalId: groups.externalId,
      name: groups.name,
      description: groups.description,
      details: groups.details,
      lastSeenAt: groups.lastSeenAt,
      removedAt: groups.removedAt,
    })
    .from(groups)
    .where(
      and(
        eq(groups.workspaceId, tx.workspaceId),
        eq(groups.tenantId, tenantId),
        removedIs(groups.removedAt, ask.removed),
        contains(groups.name, ask.search),
        afterName(groups, ask.after),
      ),
    )
    .orderBy(asc(groups.name), asc(groups.id))
    .limit(ask.limit);
}
