import { createSavedViewContract } from '@signalbox/contracts/saved-view/create-saved-view';
import {
  createSavedView as createSavedViewCommand,
  mostSavedViews,
} from '@signalbox/db/commands/saved-view/create-saved-view';
import { AppError } from '@signalbox/domain/error/app-error';
import { memberPersonProcedure } from '../../access/procedures.ts';
import { presentSavedView } from '../../presenters/saved-view/saved-view.ts';
import { wellFormed } from '../../trpc.ts';

/** Keeps a view under a name. */
export const createSavedView = memberPersonProcedure('run.read')
  .meta(createSavedViewContract.meta)
  .use(wellFormed)
  .input(createSavedViewContract.input)
  .output(createSavedViewContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, principal, requestId } = ctx;
    const made = await createSavedViewCommand(db, principal, { ...input, requestId });
    if (made === 'name_taken') throw nameTaken();
    if (made === 'too_many') {
      const message = `You have ${mostSavedViews} views of this page. Delete one to keep another.`;
      throw new AppError({ code: 'conflict', message, nextSteps: [] });
    }
    ctx.reply.created(`/v1/saved-views/${made.id}`);
    return presentSavedView(made);
  });

/** The refusal of a name the caller has used. */
export function nameTaken(): AppError {
  return new AppError({
    code: 'conflict',
    message: 'You have a view of this name. Choose another name.',
    nextSteps: ['correct_input'],
  });
}
