import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { backupItems } from '../../schema/backup.ts';
import { policies, policyVersions } from '../../schema/inventory.ts';

/** What to restore from: named items of a set, or of each policy the newest one. */
export interface RestorableChoice {
  readonly setId: number;
  readonly itemIds: readonly number[] | null;
}

/** Items of a backup set by name only, in order; without ids the newest item of each policy. */
export async function listRestorable(tx: WorkspaceTransaction, choice: RestorableChoice) {
  return tx.query
    .select({ itemId: backupItems.id, name: policies.name })
    .from(backupItems)
    .innerJoin(policyVersions, eq(policyVersions.id, backupItems.policyVersionId))
    .innerJoin(policies, eq(policies.id, policyVersions.policyId))
    .where(chosen(choice))
    .orderBy(asc(backupItems.id));
}

/** The same items with their content. A set can be large, so ask for a few at a time. */
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
    .where(chosen({ setId, itemIds }))
    .orderBy(asc(backupItems.id));
}

function chosen({ setId, itemIds }: RestorableChoice) {
  const inSet = eq(backupItems.setId, setId);
  if (itemIds !== null) return and(inSet, inArray(backupItems.id, [...itemIds]));
  // Items are immutable and added in order, so the highest id is the newest.
  return and(
    inSet,
    sql`${backupItems.id} in (
      select max(i.id) from backup_items i join policy_versions v on v.id = i.policy_version_id
      where i.set_id = ${setId} group by v.policy_id)`,
  );
}
