import { openSessionContract } from '@signalbox/contracts/onboarding/open-session';
import { openSession as openSessionCommand } from '@signalbox/db/commands/onboarding/open-session';
import { tenantProcedure } from '../../access/procedures.ts';
import { loadSessionView } from '../../presenters/onboarding/load-session-view.ts';
import { wellFormed } from '../../trpc.ts';
import { requireEditor } from './session-procedures.ts';

/** Opens the onboarding of a tenant, or resumes the one that lives. */
export const openSession = tenantProcedure('onboarding.edit', 'id')
  .use(({ ctx, next }) => next({ ctx: { editor: requireEditor(ctx.principal) } }))
  .meta(openSessionContract.meta)
  .use(wellFormed)
  .input(openSessionContract.input)
  .output(openSessionContract.output)
  .mutation(async ({ ctx }) => {
    const { db, editor, requestId } = ctx;
    const ask = { tenantId: ctx.tenant.id, takesLock: false, requestId };
    const { opened, session } = await openSessionCommand(db, editor, ask);
    if (opened) ctx.reply.created(`/v1/onboarding-sessions/${session.id}`);
    return loadSessionView(ctx, session);
  });
