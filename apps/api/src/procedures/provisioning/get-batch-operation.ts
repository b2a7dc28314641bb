import { getBatchOperationContract } from '@signalbox/contracts/provisioning/batch-get';
import { presentContractBatch } from '../../presenters/provisioning/contract-batch.ts';
import { wellFormed } from '../../trpc.ts';
import { batchProcedure } from './batch-procedure.ts';

/** One batch, in the words of the provisioning contract. */
export const getBatchOperation = batchProcedure('batchId', 'infra.read')
  .meta(getBatchOperationContract.meta)
  .use(wellFormed)
  .input(getBatchOperationContract.input)
  .output(getBatchOperationContract.output)
  .query(({ ctx }) => ({ success: true, data: presentContractBatch(ctx.batch, ctx.batch.items) }));
