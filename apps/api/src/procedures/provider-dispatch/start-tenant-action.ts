import { startTenantActionContract } from '@signalbox/contracts/provider-dispatch/start-tenant-action';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { operationInput } from '../../gate/start-procedure.ts';
import { acceptable, wellFormed } from '../../trpc.ts';
import { dispatch } from './dispatch.ts';
import { dispatchTenantProcedure, operationAt, requireStart } from './dispatch-procedures.ts';

/** Starts an operation of a tenant, in the words of the provider-dispatch contract. */
export const startTenantAction = dispatchTenantProcedure
  .use(async ({ ctx, getRawInput, next }) => {
    const operation = operationAt('tenant', await getRawInput());
    requireStart(ctx.principal, operation);
    return next({ ctx: { operation } });
  })
  .meta(startTenantActionContract.meta)
  .use(wellFormed)
  .input(startTenantActionContract.input)
  .use(acceptable)
  .output(startTenantActionContract.output)
  .mutation(({ ctx, input }) => {
    const { tenant, operation } = ctx;
    const { providerConnectionId = null, sourceSurface, targetContext } = input;
    return dispatch(ctx, {
      wish: {
        operation,
        tenantId: tenant.id,
        connectionId: providerConnectionId,
        input: operationInput(operation, {}),
      },
      context: {
        surface: 'provider-dispatch.tenant',
        ...(sourceSurface !== undefined && { sourceSurface }),
        ...(targetContext !== undefined && { targetContext: targetContext as JsonObject }),
      },
      subject: tenant.name,
      meta: startTenantActionContract.meta,
      given: input,
    });
  });
