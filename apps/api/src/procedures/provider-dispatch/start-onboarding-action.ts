import { startOnboardingActionContract } from '@signalbox/contracts/provider-dispatch/start-onboarding-action';
import { getSession } from '@signalbox/db/queries/onboarding/sessions';
import { found } from '../../access/capability.ts';
import { givenId } from '../../access/given.ts';
import { taskWish } from '../../gate/start-onboarding.ts';
import { acceptable, callerProcedure, wellFormed } from '../../trpc.ts';
import { dispatch } from './dispatch.ts';
import { operationAt, requireStart, seeNamedConnection } from './dispatch-procedures.ts';

/** Starts a verification of an onboarding, in the words of the provider-dispatch contract. */
export const startOnboardingAction = callerProcedure
  .use(async ({ ctx, getRawInput, next }) => {
    const { principal } = ctx;
    const raw = await getRawInput();
    const id = givenId(raw, 'session');
    const session = found(
      id === undefined
        ? null
        : await ctx.db.inWorkspace(principal.workspaceId, (tx) => getSession(tx, principal, id)),
    );
    const operation = operationAt('onboarding', raw);
    await seeNamedConnection(ctx, raw, session.tenant.id);
    requireStart(principal, operation);
    return next({ ctx: { session, operation } });
  })
  .meta(startOnboardingActionContract.meta)
  .use(wellFormed)
  .input(startOnboardingActionContract.input)
  .use(acceptable)
  .output(startOnboardingActionContract.output)
  .mutation(({ ctx, input }) => {
    const { session, operation } = ctx;
    const asked = {
      wish: taskWish({
        task: operation,
        tenantId: session.tenant.id,
        session,
        connectionId: input.providerConnectionId ?? null,
      }),
      context: {
        surface: 'provider-dispatch.onboarding',
        sessionId: session.id,
        ...(input.step !== undefined && { step: input.step }),
      },
      subject: session.tenant.name,
      meta: startOnboardingActionContract.meta,
      given: input,
    };
    return dispatch(ctx, asked);
  });
