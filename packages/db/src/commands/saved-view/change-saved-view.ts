import { actorOf, type Person } from '@signalbox/domain/access/principal';
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { sqlState } from '../../client/retried.ts';
import { ownViews, type SavedViewRecord, savedViewColumns } from '../../queries/saved-view/saved-views.ts';
import { savedViews } from '../../schema/saved-view.ts';
import { writeAudit } from '../observability/write-audit.ts';

/** SQLSTATE of a row whose unique key is taken. */
const uniqueViolation = '23505';

export interface SavedViewChange {
  readonly name?: string | undefined;
  readonly search?: string | undefined;
  readonly requestId: string | null;
}

/** Renames a view of the caller or gives it another search. Null when it is gone or not theirs. */
export async function changeSavedView(
  db: Database,
  principal: Person,
  { id, change }: { readonly id: number; readonly change: SavedViewChange },
): Promise<SavedViewRecord | 'name_taken' | null> {
  const { name, search, requestId } = change;
  const changing = db.inWorkspace(principal.workspaceId, async (tx) => {
    const [view] = await tx.query
      .select(savedViewColumns)
      .from(savedViews)
      .where(and(ownViews(tx, principal), eq(savedViews.id, id)))
      .for('update');
    if (view === undefined) return null;
    const [changed] = await tx.query
      .update(savedViews)
      .set({ name: name ?? view.name, search: search ?? view.search, updatedAt: sql`now()` })
      .where(and(ownViews(tx, principal), eq(savedViews.id, id)))
      .returning(savedViewColumns);
    await writeAudit(tx, [
      {
        actor: actorOf(principal),
        action: 'saved_view.changed',
        object: { kind: 'saved_view', id: String(id) },
        details: { page: view.page },
        requestId,
      },
    ]);
    return changed ?? null;
  });
  // Only the unique key knows of a view that takes the name in the same moment.
  return changing.catch((error: unknown) => {
    if (sqlState(error) === uniqueViolation) return 'name_taken';
    throw error;
  });
}
