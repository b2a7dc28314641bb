import { and, asc, eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { policies } from '../../schema/inventory.ts';
import { afterName, contains, type RemovedFilter, removedIs } from './filters.ts';
import type { NameCursor } from './tenants.ts';

/** Policies seen at a tenant, by name. `search` is part of the name and taken literally. */
export async function listPolicies(
  tx: WorkspaceTransaction,
  tenantId: number,
  ask: {
    readonly kind?: string | undefined;
    readonly search?: string | undefined;
    readonly removed: RemovedFilter;
    readonly after: NameCursor | null;
    readonly limit: number;
  },
) {
  const rows = await tx.query
    .select({
      id: policies.id,
      externalId: policies.externalId,
      kind: policies.kind,
      name: policies.name,
      lastSeenAt: policies.lastSeenAt,
      removedAt: policies.removedAt,
      versions: sql<number>`(select count(*)::int ${versionsOfPolicy})`,
      lastCapturedAt: sql<string | null>`(select max(v.created_at) ${versionsOfPolicy})`,
    })
    .from(policies)
    .where(
      and(
        eq(policies.workspaceId, tx.workspaceId),
        eq(policies.tenantId, tenantId),
        ask.kind === undefined ? undefined : eq(policies.kind, ask.kind),
        removedIs(policies.removedAt, ask.removed),
        contains(policies.name, ask.search),
        afterName(policies, ask.after),
      ),
    )
    .orderBy(asc(policies.name), asc(policies.id))
    .limit(ask.limit);
  return rows.map((row) => ({
    ...row,
    lastCapturedAt: row.lastCapturedAt === null ? null : new Date(row.lastCapturedAt),
  }));
}

// In a select from one table drizzle writes columns without their table, so this names them itself.
const versionsOfPolicy = sql`from policy_versions v
  where v.workspace_id = policies.workspace_id and v.policy_id = policies.id`;
