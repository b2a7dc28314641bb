import { deleteSavedViewContract } from '@signalbox/contracts/saved-view/delete-saved-view';
import { deleteSavedView as deleteSavedViewCommand } from '@signalbox/db/commands/saved-view/delete-saved-view';
import { found } from '../../access/capability.ts';
import { savedViewProcedure } from '../../access/procedures.ts';
import { presentSavedView } from '../../presenters/saved-view/saved-view.ts';
import { wellFormed } from '../../trpc.ts';

/** Removes a view. */
export const deleteSavedView = savedViewProcedure('run.read')
  .meta(deleteSavedViewContract.meta)
  .use(wellFormed)
  .input(deleteSavedViewContract.input)
  .output(deleteSavedViewContract.output)
  .mutation(async ({ ctx: { db, principal, requestId }, input }) =>
    presentSavedView(found(await deleteSavedViewCommand(db, principal, { id: input.id, requestId }))),
  );
