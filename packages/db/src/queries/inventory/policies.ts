import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { policies } from '../../schema/inventory.ts';
import type { NameCursor } from './tenants.ts';

/** Policies seen at a tenant, by name. `search` is part of the name and taken literally. */
export async function listPolicies(
  tx: WorkspaceTransaction,
  tenantId: number,
  ask: {
    readonly kind?: string | undefined;
    readonly search?: string | undefined;
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
      versions: sql<number>`(select count(*)::int ${versionsOfPolicy})`,
      lastCapturedAt: sql<string | null>`(select max(v.created_at) ${versionsOfPolicy})`,
    })
    .from(policies)
    .where(
      and(
        eq(policies.workspaceId, tx.workspaceId),
        eq(policies.tenantId, tenantId),
        ask.kind === undefined ? undefined : eq(policies.kind, ask.kind),
        contains(ask.search),
        afterName(ask.after),
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

/** `position` knows no wildcards, so `%` and `_` stand for themselves. */
function contains(search: string | undefined): SQL | undefined {
  return search === undefined ? undefined : sql`position(lower(${search}) in lower(${policies.name})) > 0`;
}

function afterName(cursor: NameCursor | null): SQL | undefined {
  return cursor === null
    ? undefined
    : sql`(${policies.name}, ${policies.id}) > (${cursor.name}, ${cursor.id}::bigint)`;
}
