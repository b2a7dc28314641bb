import { abortBootstrapContract } from '@signalbox/contracts/onboarding/abort-bootstrap';
import { abortBootstrap as abortCommand } from '@signalbox/db/commands/onboarding/abort-bootstrap';
import { newestBootstrap } from '@signalbox/db/queries/onboarding/bootstrap';
import { AppError } from '@signalbox/domain/error/app-error';
import { found } from '../../access/capability.ts';
import { presentBootstrap } from '../../presenters/onboarding/bootstrap.ts';
import { wellFormed } from '../../trpc.ts';
import { sessionBootstrapProcedure } from './bootstrap-procedures.ts';

/** Stops what of a bootstrap still waits. Whoever may edit an onboarding may, also while somebody else edits it. */
export const abortBootstrap = sessionBootstrapProcedure
  .meta(abortBootstrapContract.meta)
  .use(wellFormed)
  .input(abortBootstrapContract.input)
  .output(abortBootstrapContract.output)
  .mutation(({ ctx, input }) =>
    ctx.db.inWorkspace(ctx.principal.workspaceId, async (tx) => {
      const { principal, requestId, session } = ctx;
      const abort = { sessionId: session.id, reason: input.reason ?? null, requestId };
      const result = await abortCommand(tx, principal, abort);
      if (result.kind === 'nothing_waits') {
        const message = 'Nothing of a bootstrap waits. A run that is under way is cancelled by itself.';
        throw new AppError({ code: 'conflict', message, nextSteps: ['open_onboarding'] });
      }
      const progress = found(await newestBootstrap(tx, session.id));
      return presentBootstrap(progress, { principal, tenantId: session.tenant.id, now: new Date() });
    }),
  );
