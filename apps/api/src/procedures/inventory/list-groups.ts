import { listGroupsContract } from '@signalbox/contracts/inventory/list-groups';
import { listGroups as listGroupsQuery } from '@signalbox/db/queries/inventory/groups';
import { tenantProcedure } from '../../access/procedures.ts';
import { nameCursor } from '../../page/name-cursor.ts';
import { openPage } from '../../page/open-page.ts';
import { presentGroup } from '../../presenters/inventory/group.ts';
import { wellFormed } from '../../trpc.ts';

/** Groups of a tenant as last seen at the provider, by name. */
export const listGroups = tenantProcedure('tenant.read', 'tenantId')
  .meta(listGroupsContract.meta)
  .use(wellFormed)
  .input(listGroupsContract.input)
  .output(listGroupsContract.output)
  .query(async ({ ctx, input }) => {
    const { search, removed } = input;
    const page = openPage(ctx, `tenant:${ctx.tenant.id}:groups`, input);
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      listGroupsQuery(tx, ctx.tenant.id, { search, removed, after: nameCursor(page), limit: page.fetch }),
    );
    return page.close(rows, { present: presentGroup, position: (row) => [row.name, row.id] });
  });
