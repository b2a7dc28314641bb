import { getBatchContract } from '@signalbox/contracts/provisioning/get-batch';
import { presentBatch } from '../../presenters/provisioning/batch.ts';
import { wellFormed } from '../../trpc.ts';
import { batchProcedure } from './batch-procedure.ts';

/** One batch. */
export const getBatch = batchProcedure('id', 'infra.read')
  .meta(getBatchContract.meta)
  .use(wellFormed)
  .input(getBatchContract.input)
  .output(getBatchContract.output)
  .query(({ ctx }) => presentBatch(ctx.batch, ctx.principal));
