import { checkConnectionContract } from '@signalbox/contracts/connection/check-connection';
import { isServerProvider } from '@signalbox/domain/connection/providers';
import { connectionProcedure } from '../../access/procedures.ts';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { startNatively, startRequest } from '../../gate/start.ts';
import { wellFormed } from '../../trpc.ts';

/** Starts a check of a connection through the gate. */
export const checkConnection = connectionProcedure('run.start.provider.connection.check')
  .meta(checkConnectionContract.meta)
  .use(wellFormed)
  .input(checkConnectionContract.input)
  .output(checkConnectionContract.output)
  .mutation(({ ctx, input }) => {
    const { provider } = ctx.connection;
    const request = startRequest(ctx, {
      operation: isServerProvider(provider) ? 'servers.connection.check' : 'provider.connection.check',
      tenantId: ctx.connection.tenant?.id ?? null,
      connectionId: ctx.connection.id,
      input: isServerProvider(provider) ? { provider } : {},
      idempotency: idempotencyOf(ctx, checkConnectionContract.meta, input),
    });
    return startNatively(ctx, request);
  });
