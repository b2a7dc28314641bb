import { syncRoleDefinitionsContract } from '@signalbox/contracts/provider-dispatch/sync-role-definitions';
import { acceptable, wellFormed } from '../../trpc.ts';
import { dispatch } from './dispatch.ts';
import { dispatchTenantProcedure, requireStart } from './dispatch-procedures.ts';

/** Starts a sync of a tenant's role definitions, in the words of the provider-dispatch contract. */
export const syncRoleDefinitions = dispatchTenantProcedure
  .use(async ({ ctx, next }) => {
    requireStart(ctx.principal, 'directory.role_definitions.sync');
    return next();
  })
  .meta(syncRoleDefinitionsContract.meta)
  .use(wellFormed)
  .input(syncRoleDefinitionsContract.input)
  .use(acceptable)
  .output(syncRoleDefinitionsContract.output)
  .mutation(({ ctx, input }) =>
    dispatch(ctx, {
      wish: {
        operation: 'directory.role_definitions.sync',
        tenantId: ctx.tenant.id,
        connectionId: null,
        input: {},
      },
      context: { surface: 'provider-dispatch.role-definitions' },
      subject: ctx.tenant.name,
      meta: syncRoleDefinitionsContract.meta,
      given: input,
    }),
  );
