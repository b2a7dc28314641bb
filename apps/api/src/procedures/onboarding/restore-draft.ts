import { restoreDraftContract } from '@signalbox/contracts/onboarding/restore-draft';
import { restoreDraft as restoreDraftCommand } from '@signalbox/db/commands/onboarding/restore-draft';
import { loadSessionView } from '../../presenters/onboarding/load-session-view.ts';
import { wellFormed } from '../../trpc.ts';
import { edited } from './edited.ts';
import { editProcedure } from './session-procedures.ts';

/** Puts what was kept for the caller back into the draft. */
export const restoreDraft = editProcedure
  .meta(restoreDraftContract.meta)
  .use(wellFormed)
  .input(restoreDraftContract.input)
  .output(restoreDraftContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, editor, session, requestId } = ctx;
    const result = await restoreDraftCommand(db, editor, {
      sessionId: session.id,
      hold: { version: input.lockVersion, takeover: false, reason: null, requestId },
    });
    return loadSessionView(ctx, edited(result, editor, session.tenant.id));
  });
