import { actorOf, type Person } from '@signalbox/domain/access/principal';
import { and, eq } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { ownViews, type SavedViewRecord, savedViewColumns } from '../../queries/saved-view/saved-views.ts';
import { savedViews } from '../../schema/saved-view.ts';
import { writeAudit } from '../observability/write-audit.ts';

/** Removes a view of the caller and answers it as it was. Null when it is gone already or not theirs. */
export async function deleteSavedView(
  db: Database,
  principal: Person,
  view: { readonly id: number; readonly requestId: string | null },
): Promise<SavedViewRecord | null> {
  return db.inWorkspace(principal.workspaceId, async (tx) => {
    const [gone] = await tx.query
      .delete(savedViews)
      .where(and(ownViews(tx, principal), eq(savedViews.id, view.id)))
      .returning(savedViewColumns);
    if (gone === undefined) return null;
    await writeAudit(tx, [
      {
        actor: actorOf(principal),
        action: 'saved_view.deleted',
        object: { kind: 'saved_view', id: String(view.id) },
        details: { page: gone.page },
        requestId: view.requestId,
      },
    ]);
    return gone;
  });
}
