import { createBatchContract } from '@signalbox/contracts/provisioning/create-batch';
import { presentBatch } from '../../presenters/provisioning/batch.ts';
import { wellFormed } from '../../trpc.ts';
import { newBatchProcedure } from './batch-procedure.ts';
import { startBatch } from './start-batch.ts';

/** Admits a batch. A worker goes through its operations. */
export const createBatch = newBatchProcedure
  .meta(createBatchContract.meta)
  .use(wellFormed)
  .input(createBatchContract.input)
  .output(createBatchContract.output)
  .mutation(async ({ ctx, input }) => {
    const batch = await startBatch(ctx, input, { meta: createBatchContract.meta, input });
    ctx.reply.created(`/v1/batches/${batch.uid}`);
    return presentBatch(batch, ctx.principal);
  });
