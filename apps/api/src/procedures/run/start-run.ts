import { startRunContract } from '@signalbox/contracts/run/start-run';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { startNatively, startRequest } from '../../gate/start.ts';
import { operationInput, startProcedure, tenantOfStart } from '../../gate/start-procedure.ts';
import { wellFormed } from '../../trpc.ts';

/** Asks the start gate to start any operation. */
export const startRun = startProcedure
  .meta(startRunContract.meta)
  .use(wellFormed)
  .input(startRunContract.input)
  .output(startRunContract.output)
  .mutation(async ({ ctx, input }) => {
    const request = startRequest(ctx, {
      operation: input.operation,
      tenantId: tenantOfStart(ctx.startTenantId),
      connectionId: input.connectionId ?? null,
      input: operationInput(input.operation, input.input),
      idempotency: idempotencyOf(ctx, startRunContract.meta, input),
    });
    return startNatively(ctx, request);
  });
