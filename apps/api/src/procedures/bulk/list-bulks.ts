import { listBulksContract } from '@signalbox/contracts/bulk/list-bulks';
import { listPlans } from '@signalbox/db/queries/plan/plans';
import { memberProcedure } from '../../access/procedures.ts';
import { openPage } from '../../page/open-page.ts';
import { presentBulk } from '../../presenters/bulk/bulk-record.ts';
import { wellFormed } from '../../trpc.ts';

/** Bulk actions on runs the caller may see, newest first. */
export const listBulks = memberProcedure('run.read')
  .meta(listBulksContract.meta)
  .use(wellFormed)
  .input(listBulksContract.input)
  .output(listBulksContract.output)
  .query(async ({ ctx, input }) => {
    const { principal } = ctx;
    const page = openPage(ctx, 'bulk-actions', input);
    const { position } = page;
    const cursor = position && { createdAt: String(position[0]), id: Number(position[1]) };
    const rows = await ctx.db.inWorkspace(principal.workspaceId, (tx) =>
      listPlans(tx, principal, { cursor, limit: page.fetch }),
    );
    return page.close(rows, {
      present: (row) => presentBulk(row, principal),
      position: (row) => [row.exactAt, row.id],
    });
  });
