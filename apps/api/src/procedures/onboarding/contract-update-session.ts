import { contractUpdateSessionContract } from '@signalbox/contracts/onboarding/contract-update-session';
import { editSession } from '@signalbox/db/commands/onboarding/edit-session';
import { toStep } from '@signalbox/domain/onboarding/session';
import { presentContractSession } from '../../presenters/onboarding/session.ts';
import { wellFormed } from '../../trpc.ts';
import { edited } from './edited.ts';
import { contractChangeProcedure } from './session-procedures.ts';

/** Changes an onboarding session, in the words of the onboarding contract. It acts on the lock as it is. */
export const contractUpdateSession = contractChangeProcedure
  .meta(contractUpdateSessionContract.meta)
  .use(wellFormed)
  .input(contractUpdateSessionContract.input)
  .output(contractUpdateSessionContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, editor, session, assignee, requestId } = ctx;
    const { current_step: step, takeover } = input;
    const result = await editSession(db, editor, {
      sessionId: session.id,
      hold: { version: null, takeover: takeover === true, reason: null, requestId },
      step: step === undefined ? undefined : toStep(step),
      assignee,
    });
    return presentContractSession(edited(result, editor, session.tenant.id));
  });
