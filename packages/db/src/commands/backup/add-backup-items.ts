import type { WorkspaceTransaction } from '../../client/database.ts';
import { backupItems } from '../../schema/backup.ts';

/**
 * Adds policy versions to a backup set and answers those that were added: a version the set already holds stays as
 * it is.
 */
export async function addBackupItems(
  tx: WorkspaceTransaction,
  target: { readonly setId: number; readonly runId: number },
  versionIds: readonly number[],
): Promise<ReadonlySet<number>> {
  if (versionIds.length === 0) return new Set();
  const rows = versionIds.map((policyVersionId) => ({
    workspaceId: tx.workspaceId,
    ...target,
    policyVersionId,
  }));
  const added = await tx.query
    .insert(backupItems)
    .values(rows)
    .onConflictDoNothing()
    .returning({ versionId: backupItems.policyVersionId });
  return new Set(added.map((row) => row.versionId));
}
