import { listPoliciesContract } from '@signalbox/contracts/inventory/list-policies';
import { listPolicies as listPoliciesQuery } from '@signalbox/db/queries/inventory/policies';
import { tenantProcedure } from '../../access/procedures.ts';
import { nameCursor } from '../../page/name-cursor.ts';
import { openPage } from '../../page/open-page.ts';
import { presentPolicy } from '../../presenters/inventory/policy.ts';
import { wellFormed } from '../../trpc.ts';

/** Policies of a tenant as last seen at the provider, by name. */
export const listPolicies = tenantProcedure('backup.read', 'tenantId')
  .meta(listPoliciesContract.meta)
  .use(wellFormed)
  .input(listPoliciesContract.input)
  .output(listPoliciesContract.output)
  .query(async ({ ctx, input }) => {
    const { kind, search, removed } = input;
    const page = openPage(ctx, `tenant:${ctx.tenant.id}:policies`, input);
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      listPoliciesQuery(tx, ctx.tenant.id, {
        kind,
        search,
        removed,
        after: nameCursor(page),
        limit: page.fetch,
      }),
    );
    return page.close(rows, { present: presentPolicy, position: (row) => [row.name, row.id] });
  });
