import { updateSavedViewContract } from '@signalbox/contracts/saved-view/update-saved-view';
import { changeSavedView } from '@signalbox/db/commands/saved-view/change-saved-view';
import { found } from '../../access/capability.ts';
import { savedViewProcedure } from '../../access/procedures.ts';
import { presentSavedView } from '../../presenters/saved-view/saved-view.ts';
import { wellFormed } from '../../trpc.ts';
import { nameTaken } from './create-saved-view.ts';

/** Renames a view or gives it another search. */
export const updateSavedView = savedViewProcedure('run.read')
  .meta(updateSavedViewContract.meta)
  .use(wellFormed)
  .input(updateSavedViewContract.input)
  .output(updateSavedViewContract.output)
  .mutation(async ({ ctx, input: { id, name, search } }) => {
    const { db, principal, requestId } = ctx;
    const changed = await changeSavedView(db, principal, { id, change: { name, search, requestId } });
    if (changed === 'name_taken') throw nameTaken();
    return presentSavedView(found(changed));
  });
