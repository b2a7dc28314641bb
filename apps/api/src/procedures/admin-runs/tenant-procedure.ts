import { getTenant } from '@signalbox/db/queries/inventory/tenants';
import { found } from '../../access/capability.ts';
import { givenText } from '../../access/given.ts';
import { callerProcedure } from '../../trpc.ts';

/** An operation on the tenant that the contract names by its external id. */
export const adminTenantProcedure = callerProcedure.use(async ({ ctx, getRawInput, next }) => {
  const externalId = givenText(await getRawInput(), 'tenantExternalId') ?? '';
  const tenant = found(
    await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) => getTenant(tx, ctx.principal, { externalId })),
  );
  return next({ ctx: { tenant } });
});
