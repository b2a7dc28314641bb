import { listTenantsContract } from '@signalbox/contracts/workspace/list-tenants';
import { listTenants as listTenantsQuery } from '@signalbox/db/queries/inventory/tenants';
import { memberProcedure } from '../../access/procedures.ts';
import { nameCursor } from '../../page/name-cursor.ts';
import { openPage } from '../../page/open-page.ts';
import { presentTenant } from '../../presenters/inventory/tenant.ts';
import { wellFormed } from '../../trpc.ts';

/** Tenants the caller is entitled to, by name. */
export const listTenants = memberProcedure('tenant.read')
  .meta(listTenantsContract.meta)
  .use(wellFormed)
  .input(listTenantsContract.input)
  .output(listTenantsContract.output)
  .query(async ({ ctx, input }) => {
    const page = openPage(ctx, 'tenants', input);
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      listTenantsQuery(tx, ctx.principal, { after: nameCursor(page), limit: page.fetch }),
    );
    return page.close(rows, { present: presentTenant, position: (row) => [row.name, row.id] });
  });
