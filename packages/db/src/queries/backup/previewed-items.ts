import { and, asc, eq } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import type { PreviewItem } from '../../schema/backup.ts';
import { runItems } from '../../schema/run.ts';

/** What a preview run found so far: the details its items recorded, over all attempts. */
export async function previewedItems(tx: WorkspaceTransaction, runId: number): Promise<PreviewItem[]> {
  const rows = await tx.query
    .select({ key: runItems.key, detail: runItems.detail })
    .from(runItems)
    .where(and(eq(runItems.runId, runId), eq(runItems.outcome, 'succeeded')))
    .orderBy(asc(runItems.position));
  return rows.map((row) => ({ itemId: Number(row.key), ...(row.detail as Omit<PreviewItem, 'itemId'>) }));
}
