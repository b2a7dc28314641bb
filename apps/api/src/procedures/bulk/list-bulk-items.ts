import { listBulkItemsContract } from '@signalbox/contracts/bulk/list-bulk-items';
import { listPlanItems } from '@signalbox/db/queries/plan/plan-items';
import { bulkProcedure } from '../../access/procedures.ts';
import { idCursor } from '../../page/name-cursor.ts';
import { openPage } from '../../page/open-page.ts';
import { presentBulkItem } from '../../presenters/bulk/bulk-item.ts';
import { wellFormed } from '../../trpc.ts';

/** The runs of a bulk action with what was answered to each, in order. */
export const listBulkItems = bulkProcedure
  .meta(listBulkItemsContract.meta)
  .use(wellFormed)
  .input(listBulkItemsContract.input)
  .output(listBulkItemsContract.output)
  .query(async ({ ctx, input }) => {
    const { principal, bulk } = ctx;
    const page = openPage(ctx, `bulk:${bulk.id}:items`, input);
    const rows = await ctx.db.inWorkspace(principal.workspaceId, (tx) =>
      listPlanItems(tx, principal, {
        planId: bulk.id,
        filter: { statuses: input.status, outcomes: input.outcome },
        after: idCursor(page) ?? 0,
        limit: page.fetch,
      }),
    );
    return page.close(rows, {
      present: (row) => presentBulkItem(row, principal),
      position: (row) => [row.position],
    });
  });
