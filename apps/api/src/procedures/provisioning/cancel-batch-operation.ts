import { cancelBatchOperationContract } from '@signalbox/contracts/provisioning/batch-cancel';
import { wellFormed } from '../../trpc.ts';
import { batchProcedure } from './batch-procedure.ts';
import { stopBatch } from './stop-batch.ts';

/** Stops a batch, in the words of the provisioning contract. */
export const cancelBatchOperation = batchProcedure('batchId', 'run.cancel')
  .meta(cancelBatchOperationContract.meta)
  .use(wellFormed)
  .input(cancelBatchOperationContract.input)
  .output(cancelBatchOperationContract.output)
  .mutation(async ({ ctx }) => {
    await stopBatch(ctx, ctx.batch.id, null);
    return { success: true, data: 'Operation cancelled' };
  });
