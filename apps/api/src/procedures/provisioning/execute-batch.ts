import { executeBatchContract } from '@signalbox/contracts/provisioning/batch-execute';
import { presentContractBatch } from '../../presenters/provisioning/contract-batch.ts';
import { wellFormed } from '../../trpc.ts';
import { newBatchProcedure } from './batch-procedure.ts';
import { startBatch } from './start-batch.ts';

/** Submits a batch, in the words of the provisioning contract. */
export const executeBatch = newBatchProcedure
  .meta(executeBatchContract.meta)
  .use(wellFormed)
  .input(executeBatchContract.input)
  .output(executeBatchContract.output)
  .mutation(async ({ ctx, input }) => {
    const { name, version, operations } = input;
    const asked = {
      ...{ name, version, operations },
      storageBackend: input.storage_backend,
      parallelLimit: input.parallel_limit,
      rollbackEnabled: input.rollback_enabled,
    };
    const batch = await startBatch(ctx, asked, { meta: executeBatchContract.meta, input });
    const { batch_id, status, operations: items } = presentContractBatch(batch, batch.items);
    return { success: true, data: { batch_id, status, operations: items } };
  });
