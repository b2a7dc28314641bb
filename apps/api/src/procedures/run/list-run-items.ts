import { listRunItemsContract } from '@signalbox/contracts/run/list-run-items';
import { runItemsOf } from '@signalbox/db/queries/run/run-parts';
import { runProcedure } from '../../access/procedures.ts';
import { openPage } from '../../page/open-page.ts';
import { presentRunItem } from '../../presenters/run/run-item.ts';
import { wellFormed } from '../../trpc.ts';

/** Items of a run in their order. */
export const listRunItems = runProcedure('run.read')
  .meta(listRunItemsContract.meta)
  .use(wellFormed)
  .input(listRunItemsContract.input)
  .output(listRunItemsContract.output)
  .query(async ({ ctx, input }) => {
    const page = openPage(ctx, `run:${ctx.run.id}:items`, input);
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      runItemsOf(tx, ctx.run.id, {
        filter: input.outcome,
        after: Number(page.position?.[0] ?? -1),
        limit: page.fetch,
      }),
    );
    return page.close(rows, { present: presentRunItem, position: (row) => [row.position] });
  });
