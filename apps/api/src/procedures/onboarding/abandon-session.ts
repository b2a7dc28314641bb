import { abandonSessionContract } from '@signalbox/contracts/onboarding/abandon-session';
import { abandonSession as abandonSessionCommand } from '@signalbox/db/commands/onboarding/abandon-session';
import { loadSessionView } from '../../presenters/onboarding/load-session-view.ts';
import { wellFormed } from '../../trpc.ts';
import { edited } from './edited.ts';
import { editProcedure } from './session-procedures.ts';

/** Ends an onboarding that leads nowhere. */
export const abandonSession = editProcedure
  .meta(abandonSessionContract.meta)
  .use(wellFormed)
  .input(abandonSessionContract.input)
  .output(abandonSessionContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, editor, session, requestId } = ctx;
    const result = await abandonSessionCommand(db, editor, {
      sessionId: session.id,
      reason: input.reason,
      requestId,
    });
    return loadSessionView(ctx, edited(result, editor, session.tenant.id));
  });
