import { and, asc, eq, inArray } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { backupItems } from '../../schema/backup.ts';
import { policies, policyVersions } from '../../schema/inventory.ts';

/** Items of a backup set with their content, in order; all of them when no ids are given. */
export async function restorableItems(
  tx: WorkspaceTransaction,
  setId: number,
  itemIds: readonly number[] | null,
) {
  return tx.query
    .select({
      itemId: backupItems.id,
      externalId: policies.externalId,
      kind: policies.kind,
      name: policies.name,
      payload: policyVersions.payload,
      assignments: policyVersions.assignments,
      scopeTags: policyVersions.scopeTags,
      hash: policyVersions.hash,
    })
    .from(backupItems)
    .innerJoin(policyVersions, eq(policyVersions.id, backupItems.policyVersionId))
    .innerJoin(policies, eq(policies.id, policyVersions.policyId))
    .where(
      and(eq(backupItems.setId, setId), itemIds === null ? undefined : inArray(backupItems.id, [...itemIds])),
    )
    .orderBy(asc(backupItems.id));
}
