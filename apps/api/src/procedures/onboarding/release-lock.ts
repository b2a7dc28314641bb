import { releaseLockContract } from '@signalbox/contracts/onboarding/release-lock';
import { releaseLock as releaseLockCommand } from '@signalbox/db/commands/onboarding/release-lock';
import { loadSessionView } from '../../presenters/onboarding/load-session-view.ts';
import { wellFormed } from '../../trpc.ts';
import { edited } from './edited.ts';
import { editProcedure } from './session-procedures.ts';

/** Gives the lock of an onboarding back. */
export const releaseLock = editProcedure
  .meta(releaseLockContract.meta)
  .use(wellFormed)
  .input(releaseLockContract.input)
  .output(releaseLockContract.output)
  .mutation(async ({ ctx }) => {
    const { db, editor, session, requestId } = ctx;
    const result = await releaseLockCommand(db, editor, { sessionId: session.id, requestId });
    return loadSessionView(ctx, edited(result, editor, session.tenant.id));
  });
