import { updateTenantContract } from '@signalbox/contracts/workspace/update-tenant';
import { renameTenant } from '@signalbox/db/commands/inventory/rename-tenant';
import { found } from '../../access/capability.ts';
import { tenantProcedure } from '../../access/procedures.ts';
import { presentTenant } from '../../presenters/inventory/tenant.ts';
import { wellFormed } from '../../trpc.ts';

/** Renames a tenant. */
export const updateTenant = tenantProcedure('tenant.manage', 'id')
  .meta(updateTenantContract.meta)
  .use(wellFormed)
  .input(updateTenantContract.input)
  .output(updateTenantContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, principal, requestId, tenant } = ctx;
    const change = { tenantId: tenant.id, name: input.name, requestId };
    return presentTenant(found(await renameTenant(db, principal, change)));
  });
