import { syncGroupsContract } from '@signalbox/contracts/provider-dispatch/sync-groups';
import { acceptable, wellFormed } from '../../trpc.ts';
import { dispatch } from './dispatch.ts';
import { dispatchTenantProcedure, requireStart } from './dispatch-procedures.ts';

/** Starts a sync of a tenant's groups, in the words of the provider-dispatch contract. */
export const syncGroups = dispatchTenantProcedure
  .use(async ({ ctx, next }) => {
    requireStart(ctx.principal, 'directory.groups.sync');
    return next();
  })
  .meta(syncGroupsContract.meta)
  .use(wellFormed)
  .input(syncGroupsContract.input)
  .use(acceptable)
  .output(syncGroupsContract.output)
  .mutation(({ ctx, input }) => {
    const { selectionKey, providerConnectionId = null } = input;
    return dispatch(ctx, {
      wish: {
        operation: 'directory.groups.sync',
        tenantId: ctx.tenant.id,
        connectionId: providerConnectionId,
        input: { selectionKey },
      },
      context: { surface: 'provider-dispatch.groups' },
      subject: ctx.tenant.name,
      meta: syncGroupsContract.meta,
      given: input,
    });
  });
