import { cancelBatchContract } from '@signalbox/contracts/provisioning/cancel-batch';
import { getBatch } from '@signalbox/db/queries/provisioning/batch';
import { found } from '../../access/capability.ts';
import { presentBatch } from '../../presenters/provisioning/batch.ts';
import { wellFormed } from '../../trpc.ts';
import { batchProcedure } from './batch-procedure.ts';
import { stopBatch } from './stop-batch.ts';

/** Stops a batch, and says what will not begin and what was asked to stop. */
export const cancelBatch = batchProcedure('id', 'run.cancel')
  .meta(cancelBatchContract.meta)
  .use(wellFormed)
  .input(cancelBatchContract.input)
  .output(cancelBatchContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, principal, batch } = ctx;
    const { stopped, stopping } = await stopBatch(ctx, batch.id, input.reason ?? null);
    const now = found(await db.inWorkspace(principal.workspaceId, (tx) => getBatch(tx, batch.uid)));
    return { batch: presentBatch(now, principal), stopped: [...stopped], stopping: [...stopping] };
  });
