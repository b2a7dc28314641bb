import { contractOpenSessionContract } from '@signalbox/contracts/onboarding/contract-open-session';
import { openSession } from '@signalbox/db/commands/onboarding/open-session';
import { tenantProcedure } from '../../access/procedures.ts';
import { presentContractSession } from '../../presenters/onboarding/session.ts';
import { wellFormed } from '../../trpc.ts';
import { requireEditor } from './session-procedures.ts';

/** Opens or resumes the onboarding session of a tenant, in the words of the onboarding contract. */
export const contractOpenSession = tenantProcedure('onboarding.edit', 'tenantId')
  .use(({ ctx, next }) => next({ ctx: { editor: requireEditor(ctx.principal) } }))
  .meta(contractOpenSessionContract.meta)
  .use(wellFormed)
  .input(contractOpenSessionContract.input)
  .output(contractOpenSessionContract.output)
  .mutation(async ({ ctx: { db, editor, tenant, requestId, reply } }) => {
    const { session } = await openSession(db, editor, { tenantId: tenant.id, takesLock: true, requestId });
    // The contract knows one answer, whether it was opened or resumed.
    reply.created(`/tenants/${tenant.id}/onboarding/session`);
    return presentContractSession(session);
  });
