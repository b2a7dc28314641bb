import type { WorkspaceTransaction } from '../../client/database.ts';
import { backupItems } from '../../schema/backup.ts';

/** Adds policy versions to a backup set. A version the set already holds stays as it is. */
export async function addBackupItems(
  tx: WorkspaceTransaction,
  target: { readonly setId: number; readonly runId: number },
  versionIds: readonly number[],
): Promise<void> {
  if (versionIds.length === 0) return;
  const rows = versionIds.map((policyVersionId) => ({
    workspaceId: tx.workspaceId,
    ...target,
    policyVersionId,
  }));
  await tx.query.insert(backupItems).values(rows).onConflictDoNothing();
}
