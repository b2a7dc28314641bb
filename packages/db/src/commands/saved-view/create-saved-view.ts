import { actorOf, type Person } from '@signalbox/domain/access/principal';
import { and, count, eq, sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { ownViews, type SavedViewRecord, savedViewColumns } from '../../queries/saved-view/saved-views.ts';
import { savedViews } from '../../schema/saved-view.ts';
import { writeAudit } from '../observability/write-audit.ts';

/** The most views one member keeps of one page. */
export const mostSavedViews = 50;

export interface NewSavedView {
  readonly page: string;
  readonly name: string;
  readonly search: string;
  readonly requestId: string | null;
}

/** Keeps a view under a name. Answers why not when the name is taken or the member has as many as may be. */
export async function createSavedView(
  db: Database,
  principal: Person,
  view: NewSavedView,
): Promise<SavedViewRecord | 'name_taken' | 'too_many'> {
  const { workspaceId, userId } = principal;
  const { page, name, search, requestId } = view;
  return db.inWorkspace(workspaceId, async (tx) => {
    // One at a time for a member, so that two at once cannot pass the cap together.
    await tx.query.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`saved_views:${workspaceId}:${userId}`}, 0))`,
    );
    const [kept] = await tx.query
      .select({ views: count() })
      .from(savedViews)
      .where(and(ownViews(tx, principal), eq(savedViews.page, page)));
    if ((kept?.views ?? 0) >= mostSavedViews) return 'too_many';
    const [made] = await tx.query
      .insert(savedViews)
      .values({ workspaceId, userId, page, name, search })
      .onConflictDoNothing()
      .returning(savedViewColumns);
    if (made === undefined) return 'name_taken';
    // What a private view is called and shows is nobody's business but its owner's.
    await writeAudit(tx, [
      {
        actor: actorOf(principal),
        action: 'saved_view.created',
        object: { kind: 'saved_view', id: String(made.id) },
        details: { page },
        requestId,
      },
    ]);
    return made;
  });
}
