import { takeLockContract } from '@signalbox/contracts/onboarding/take-lock';
import { takeLock as takeLockCommand } from '@signalbox/db/commands/onboarding/take-lock';
import { loadSessionView } from '../../presenters/onboarding/load-session-view.ts';
import { wellFormed } from '../../trpc.ts';
import { edited } from './edited.ts';
import { editProcedure, requireTakeover } from './session-procedures.ts';

/** Takes the lock of an onboarding, renews one's own, or takes over that of somebody else. */
export const takeLock = editProcedure
  .use(async ({ ctx, getRawInput, next }) => {
    requireTakeover(ctx, await getRawInput());
    return next();
  })
  .meta(takeLockContract.meta)
  .use(wellFormed)
  .input(takeLockContract.input)
  .output(takeLockContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, editor, session, requestId } = ctx;
    const { takeover, reason = null } = input;
    const result = await takeLockCommand(db, editor, { sessionId: session.id, takeover, reason, requestId });
    return loadSessionView(ctx, edited(result, editor, session.tenant.id));
  });
