import type { Person } from '@signalbox/domain/access/principal';
import { and, asc, eq } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { savedViews } from '../../schema/saved-view.ts';

/** A view as its owner sees it. */
export interface SavedViewRecord {
  readonly id: number;
  readonly page: string;
  readonly name: string;
  readonly search: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The columns of a record, also for commands that return one. */
export const savedViewColumns = {
  id: savedViews.id,
  page: savedViews.page,
  name: savedViews.name,
  search: savedViews.search,
  createdAt: savedViews.createdAt,
  updatedAt: savedViews.updatedAt,
};

/** The views of the caller in this workspace. Nobody sees another member's. */
export function ownViews(tx: WorkspaceTransaction, principal: Person) {
  return and(eq(savedViews.workspaceId, tx.workspaceId), eq(savedViews.userId, principal.userId));
}

/** The caller's views of a page, in the order they were made. Their number is capped, so there are no pages. */
export async function listSavedViews(
  tx: WorkspaceTransaction,
  principal: Person,
  page: string,
): Promise<SavedViewRecord[]> {
  return tx.query
    .select(savedViewColumns)
    .from(savedViews)
    .where(and(ownViews(tx, principal), eq(savedViews.page, page)))
    .orderBy(asc(savedViews.id));
}

/** The view, or null when it does not exist or is not the caller's. */
export async function getSavedView(
  tx: WorkspaceTransaction,
  principal: Person,
  id: number,
): Promise<SavedViewRecord | null> {
  const [view] = await tx.query
    .select(savedViewColumns)
    .from(savedViews)
    .where(and(ownViews(tx, principal), eq(savedViews.id, id)));
  return view ?? null;
}
