import { updateSessionContract } from '@signalbox/contracts/onboarding/update-session';
import { editSession } from '@signalbox/db/commands/onboarding/edit-session';
import type { Draft } from '@signalbox/domain/onboarding/draft';
import { toStep } from '@signalbox/domain/onboarding/session';
import { loadSessionView } from '../../presenters/onboarding/load-session-view.ts';
import { wellFormed } from '../../trpc.ts';
import { edited } from './edited.ts';
import { changeProcedure } from './session-procedures.ts';

/** Changes an onboarding under its lock. */
export const updateSession = changeProcedure
  .meta(updateSessionContract.meta)
  .use(wellFormed)
  .input(updateSessionContract.input)
  .output(updateSessionContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, editor, session, assignee, requestId } = ctx;
    const { lockVersion, step, draft, connectionId } = input;
    const result = await editSession(db, editor, {
      sessionId: session.id,
      hold: { version: lockVersion, takeover: false, reason: null, requestId },
      step: step === undefined ? undefined : toStep(step),
      draft: draft as Draft | undefined,
      connectionId,
      assignee,
    });
    return loadSessionView(ctx, edited(result, editor, session.tenant.id));
  });
