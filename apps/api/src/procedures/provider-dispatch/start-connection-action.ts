import { startConnectionActionContract } from '@signalbox/contracts/provider-dispatch/start-connection-action';
import { getConnection } from '@signalbox/db/queries/connection/connections';
import { found } from '../../access/capability.ts';
import { givenId } from '../../access/given.ts';
import { operationInput } from '../../gate/start-procedure.ts';
import { acceptable, callerProcedure, wellFormed } from '../../trpc.ts';
import { dispatch } from './dispatch.ts';
import { operationAt, requireStart } from './dispatch-procedures.ts';

/** Starts an operation through one named connection, in the words of the provider-dispatch contract. */
export const startConnectionAction = callerProcedure
  .use(async ({ ctx, getRawInput, next }) => {
    const { principal } = ctx;
    const raw = await getRawInput();
    const id = givenId(raw, 'connection');
    const connection = found(
      id === undefined
        ? null
        : await ctx.db.inWorkspace(principal.workspaceId, (tx) => getConnection(tx, principal, id)),
    );
    const operation = operationAt('connection', raw);
    requireStart(principal, operation);
    return next({ ctx: { connection, operation } });
  })
  .meta(startConnectionActionContract.meta)
  .use(wellFormed)
  .input(startConnectionActionContract.input)
  .use(acceptable)
  .output(startConnectionActionContract.output)
  .mutation(({ ctx, input }) => {
    const { connection, operation } = ctx;
    return dispatch(ctx, {
      wish: {
        operation,
        tenantId: connection.tenant?.id ?? null,
        connectionId: connection.id,
        input: operationInput(operation, {}),
      },
      context: { surface: 'provider-dispatch.connection' },
      subject: connection.tenant?.name ?? connection.label,
      meta: startConnectionActionContract.meta,
      given: input,
    });
  });
