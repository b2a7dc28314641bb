import { getTenantContract } from '@signalbox/contracts/workspace/get-tenant';
import { tenantProcedure } from '../../access/procedures.ts';
import { presentTenant } from '../../presenters/inventory/tenant.ts';
import { wellFormed } from '../../trpc.ts';

/** One tenant. */
export const getTenant = tenantProcedure('tenant.read', 'id')
  .meta(getTenantContract.meta)
  .use(wellFormed)
  .input(getTenantContract.input)
  .output(getTenantContract.output)
  .query(({ ctx }) => presentTenant(ctx.tenant));
