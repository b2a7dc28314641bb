import { listSavedViewsContract } from '@signalbox/contracts/saved-view/list-saved-views';
import { listSavedViews as listSavedViewsQuery } from '@signalbox/db/queries/saved-view/saved-views';
import { memberPersonProcedure } from '../../access/procedures.ts';
import { presentSavedView } from '../../presenters/saved-view/saved-view.ts';
import { wellFormed } from '../../trpc.ts';

/** The caller's views of a page. */
export const listSavedViews = memberPersonProcedure('run.read')
  .meta(listSavedViewsContract.meta)
  .use(wellFormed)
  .input(listSavedViewsContract.input)
  .output(listSavedViewsContract.output)
  .query(async ({ ctx: { db, principal }, input }) => {
    const views = await db.inWorkspace(principal.workspaceId, (tx) =>
      listSavedViewsQuery(tx, principal, input.page),
    );
    return { items: views.map(presentSavedView) };
  });
