import { listBatchesContract } from '@signalbox/contracts/provisioning/list-batches';
import { listBatches as readBatches } from '@signalbox/db/queries/provisioning/batch';
import { planStatusOf } from '@signalbox/domain/provisioning/batch-operation';
import { memberProcedure } from '../../access/procedures.ts';
import { openPage } from '../../page/open-page.ts';
import { presentBatchSummary } from '../../presenters/provisioning/batch-summary.ts';
import { wellFormed } from '../../trpc.ts';

/** Batches of the workspace, newest first. */
export const listBatches = memberProcedure('infra.read')
  .meta(listBatchesContract.meta)
  .use(wellFormed)
  .input(listBatchesContract.input)
  .output(listBatchesContract.output)
  .query(async ({ ctx, input }) => {
    const page = openPage(ctx, 'batches', input);
    const { position } = page;
    const cursor = position && { createdAt: String(position[0]), id: Number(position[1]) };
    const statuses = input.status?.map(planStatusOf);
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      readBatches(tx, { statuses, cursor, limit: page.fetch }),
    );
    return page.close(rows, { present: presentBatchSummary, position: (row) => [row.exactAt, row.id] });
  });
