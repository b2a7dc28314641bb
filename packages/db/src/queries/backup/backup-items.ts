import { and, asc, eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { backupItems } from '../../schema/backup.ts';
import { policies, policyVersions } from '../../schema/inventory.ts';
import type { NameCursor } from '../inventory/tenants.ts';

/** Items of a backup set by name, with the policy version each one holds. */
export async function backupItemsOf(
  tx: WorkspaceTransaction,
  setId: number,
  ask: { readonly kind?: string | undefined; readonly after: NameCursor | null; readonly limit: number },
) {
  const { after, kind } = ask;
  return tx.query
    .select({
      id: backupItems.id,
      policyExternalId: policies.externalId,
      kind: policies.kind,
      name: policies.name,
      version: policyVersions.version,
      hash: policyVersions.hash,
      assignments: sql<number>`case when jsonb_typeof(${policyVersions.assignments}) = 'array'
        then jsonb_array_length(${policyVersions.assignments}) else 0 end`,
      capturedAt: policyVersions.createdAt,
    })
    .from(backupItems)
    .innerJoin(policyVersions, eq(policyVersions.id, backupItems.policyVersionId))
    .innerJoin(policies, eq(policies.id, policyVersions.policyId))
    .where(
      and(
        eq(backupItems.workspaceId, tx.workspaceId),
        eq(backupItems.setId, setId),
        kind === undefined ? undefined : eq(policies.kind, kind),
        after === null
          ? undefined
          : sql`(${policies.name}, ${backupItems.id}) > (${after.name}, ${after.id}::bigint)`,
      ),
    )
    .orderBy(asc(policies.name), asc(backupItems.id))
    .limit(ask.limit);
}
