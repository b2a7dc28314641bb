import { startOnboardingBootstrapContract } from '@signalbox/contracts/provider-dispatch/start-onboarding-bootstrap';
import { getConnection } from '@signalbox/db/queries/connection/connections';
import { redactText } from '@signalbox/domain/observability/redact-text';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { askBootstrap, type BootstrapAnswer } from '../../gate/start-bootstrap.ts';
import { runUnderWay } from '../../presenters/onboarding/bootstrap.ts';
import { presentProviderBootstrap } from '../../presenters/provider-dispatch/bootstrap-outcome.ts';
import { acceptable, wellFormed } from '../../trpc.ts';
import { bootstrapProcedure } from '../onboarding/bootstrap-procedures.ts';
import { around, type Caller } from './dispatch.ts';

/** Starts the bootstrap of an onboarding, in the words of the provider-dispatch contract. */
export const startOnboardingBootstrap = bootstrapProcedure({
  session: 'session',
  connection: 'providerConnectionId',
  operations: 'selectedOperations',
})
  .meta(startOnboardingBootstrapContract.meta)
  .use(wellFormed)
  .input(startOnboardingBootstrapContract.input)
  .use(acceptable)
  .output(startOnboardingBootstrapContract.output)
  .mutation(async ({ ctx, input }) => {
    const { session, principal } = ctx;
    const { id: tenantId, name: subject } = session.tenant;
    const answer = await askBootstrap(ctx, {
      session,
      connectionId: input.providerConnectionId,
      operations: input.selectedOperations,
      // It may hold anything a caller had at hand, and is kept where many can read it.
      sourceSurface: redactText(input.sourceSurface),
      idempotency: idempotencyOf(ctx, startOnboardingBootstrapContract.meta, input),
    });
    const around = { subject, ...(await surroundings(ctx, answer, input.providerConnectionId)) };
    return presentProviderBootstrap(answer, { principal, tenantId }, around);
  });

/** What the answer names: the run that is under way or holds the scope, and the connection. */
async function surroundings(ctx: Caller, { said, bootstrap }: BootstrapAnswer, connectionId: number) {
  if (said.kind === 'decided') return around(ctx, said);
  const { principal } = ctx;
  const connection = await ctx.db.inWorkspace(principal.workspaceId, (tx) =>
    getConnection(tx, principal, connectionId),
  );
  return { connection, run: bootstrap && runUnderWay(bootstrap) };
}
