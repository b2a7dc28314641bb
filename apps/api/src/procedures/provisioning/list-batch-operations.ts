import { listBatchOperationsContract } from '@signalbox/contracts/provisioning/batch-list';
import { batchItemStates, listBatches } from '@signalbox/db/queries/provisioning/batch';
import { memberProcedure } from '../../access/procedures.ts';
import { presentContractBatch } from '../../presenters/provisioning/contract-batch.ts';
import { wellFormed } from '../../trpc.ts';

/** As many as one answer lists; the contract has no pages. */
const newest = 50;

/** The newest batches of the workspace, in the words of the provisioning contract. */
export const listBatchOperations = memberProcedure('infra.read')
  .meta(listBatchOperationsContract.meta)
  .use(wellFormed)
  .input(listBatchOperationsContract.input)
  .output(listBatchOperationsContract.output)
  .query(async ({ ctx }) => {
    const data = await ctx.db.inWorkspace(ctx.principal.workspaceId, async (tx) => {
      const batches = await listBatches(tx, { cursor: null, limit: newest });
      const states = await batchItemStates(
        tx,
        batches.map(({ id }) => id),
      );
      const byPlan = Map.groupBy(states, ({ planId }) => planId);
      return batches.map((batch) => presentContractBatch(batch, byPlan.get(batch.id) ?? []));
    });
    return { success: true, data };
  });
