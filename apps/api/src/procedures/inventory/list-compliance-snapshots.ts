import { listComplianceSnapshotsContract } from '@signalbox/contracts/inventory/list-compliance-snapshots';
import { listComplianceSnapshots as listSnapshotsQuery } from '@signalbox/db/queries/inventory/compliance-snapshots';
import { tenantProcedure } from '../../access/procedures.ts';
import { idCursor } from '../../page/name-cursor.ts';
import { openPage } from '../../page/open-page.ts';
import { presentComplianceSnapshot } from '../../presenters/inventory/compliance-snapshot.ts';
import { wellFormed } from '../../trpc.ts';

/** Compliance snapshots of a tenant, newest first. */
export const listComplianceSnapshots = tenantProcedure('tenant.read', 'tenantId')
  .meta(listComplianceSnapshotsContract.meta)
  .use(wellFormed)
  .input(listComplianceSnapshotsContract.input)
  .output(listComplianceSnapshotsContract.output)
  .query(async ({ ctx, input }) => {
    const page = openPage(ctx, `tenant:${ctx.tenant.id}:compliance`, input);
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      listSnapshotsQuery(tx, ctx.tenant.id, { before: idCursor(page), limit: page.fetch }),
    );
    return page.close(rows, { present: presentComplianceSnapshot, position: (row) => [row.id] });
  });
