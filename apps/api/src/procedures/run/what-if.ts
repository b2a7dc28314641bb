import { whatIfContract } from '@signalbox/contracts/run/what-if';
import { ask, startRequest } from '../../gate/start.ts';
import { operationInput, startProcedure, tenantOfStart } from '../../gate/start-procedure.ts';
import { presentStartOutcome } from '../../presenters/gate/start-outcome.ts';
import { wellFormed } from '../../trpc.ts';

/** The verdict of the gate on a start, without the start. A refusal is the answer that was asked for: 200. */
export const whatIf = startProcedure
  .meta(whatIfContract.meta)
  .use(wellFormed)
  .input(whatIfContract.input)
  .output(whatIfContract.output)
  .mutation(async ({ ctx, input }) => {
    const request = startRequest(ctx, {
      operation: input.operation,
      tenantId: tenantOfStart(ctx.startTenantId),
      connectionId: input.connectionId ?? null,
      input: operationInput(input.operation, input.input),
    });
    return presentStartOutcome(await ask(ctx, request), new Date());
  });
