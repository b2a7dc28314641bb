import { listRoleDefinitionsContract } from '@signalbox/contracts/inventory/list-role-definitions';
import { listRoleDefinitions as listRoleDefinitionsQuery } from '@signalbox/db/queries/inventory/role-definitions';
import { tenantProcedure } from '../../access/procedures.ts';
import { nameCursor } from '../../page/name-cursor.ts';
import { openPage } from '../../page/open-page.ts';
import { presentRoleDefinition } from '../../presenters/inventory/role-definition.ts';
import { wellFormed } from '../../trpc.ts';

/** Role definitions of a tenant as last seen at the provider, by name. */
export const listRoleDefinitions = tenantProcedure('tenant.read', 'tenantId')
  .meta(listRoleDefinitionsContract.meta)
  .use(wellFormed)
  .input(listRoleDefinitionsContract.input)
  .output(listRoleDefinitionsContract.output)
  .query(async ({ ctx, input }) => {
    const { source, search, removed } = input;
    const page = openPage(ctx, `tenant:${ctx.tenant.id}:role-definitions`, input);
    const ask = { source, search, removed, after: nameCursor(page), limit: page.fetch };
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      listRoleDefinitionsQuery(tx, ctx.tenant.id, ask),
    );
    return page.close(rows, { present: presentRoleDefinition, position: (row) => [row.name, row.id] });
  });
