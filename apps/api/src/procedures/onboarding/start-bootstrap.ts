import { startBootstrapContract } from '@signalbox/contracts/onboarding/start-bootstrap';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { askBootstrap } from '../../gate/start-bootstrap.ts';
import { answerStart } from '../../openapi/answer-start.ts';
import { presentBootstrapOutcome } from '../../presenters/onboarding/bootstrap-outcome.ts';
import { wellFormed } from '../../trpc.ts';
import { bootstrapProcedure } from './bootstrap-procedures.ts';

/** Starts the first work on a tenant that is being onboarded. */
export const startBootstrap = bootstrapProcedure({
  session: 'id',
  connection: 'connectionId',
  operations: 'operations',
})
  .meta(startBootstrapContract.meta)
  .use(wellFormed)
  .input(startBootstrapContract.input)
  .output(startBootstrapContract.output)
  .mutation(async ({ ctx, input }) => {
    const { session, principal } = ctx;
    const answer = await askBootstrap(ctx, {
      session,
      connectionId: input.connectionId ?? null,
      operations: input.operations,
      sourceSurface: null,
      idempotency: idempotencyOf(ctx, startBootstrapContract.meta, input),
    });
    const now = new Date();
    const outcome = presentBootstrapOutcome(answer, { principal, tenantId: session.tenant.id, now });
    answerStart(ctx.reply, outcome, now);
    return outcome;
  });
