import { dismissDraftContract } from '@signalbox/contracts/onboarding/dismiss-draft';
import { dismissDraft as dismissDraftCommand } from '@signalbox/db/commands/onboarding/dismiss-draft';
import { loadSessionView } from '../../presenters/onboarding/load-session-view.ts';
import { wellFormed } from '../../trpc.ts';
import { edited } from './edited.ts';
import { editProcedure } from './session-procedures.ts';

/** Lets go of what was kept for the caller. */
export const dismissDraft = editProcedure
  .meta(dismissDraftContract.meta)
  .use(wellFormed)
  .input(dismissDraftContract.input)
  .output(dismissDraftContract.output)
  .mutation(async ({ ctx }) => {
    const { db, editor, session, requestId } = ctx;
    const result = await dismissDraftCommand(db, editor, { sessionId: session.id, requestId });
    return loadSessionView(ctx, edited(result, editor, session.tenant.id));
  });
