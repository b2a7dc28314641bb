import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { setFingerprint } from '../../queries/backup/set-fingerprint.ts';
import { type PreviewItem, restorePreviews } from '../../schema/backup.ts';

/** Keeps what a preview found. Written once per run; a repeat after a crash finds the same and changes nothing. */
export async function savePreview(
  tx: WorkspaceTransaction,
  preview: { readonly runId: number; readonly setId: number },
  items: PreviewItem[],
): Promise<void> {
  await tx.query
    .insert(restorePreviews)
    .values({
      workspaceId: tx.workspaceId,
      ...preview,
      items,
      setFingerprint: sql`${setFingerprint(preview.setId)}`,
    })
    .onConflictDoNothing();
}
