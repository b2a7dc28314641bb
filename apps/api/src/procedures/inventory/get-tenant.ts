import { getTenantContract } from '@signalbox/contracts/workspace/get-tenant';
import { tenantInventory } from '@signalbox/db/queries/inventory/tenant-inventory';
import { tenantProcedure } from '../../access/procedures.ts';
import { presentTenantDetail } from '../../presenters/inventory/tenant.ts';
import { wellFormed } from '../../trpc.ts';

/** One tenant, with how much is known of it. */
export const getTenant = tenantProcedure('tenant.read', 'id')
  .meta(getTenantContract.meta)
  .use(wellFormed)
  .input(getTenantContract.input)
  .output(getTenantContract.output)
  .query(async ({ ctx }) => {
    const { db, principal, tenant } = ctx;
    const inventory = await db.inWorkspace(principal.workspaceId, (tx) => tenantInventory(tx, tenant.id));
    return presentTenantDetail(tenant, inventory);
  });
