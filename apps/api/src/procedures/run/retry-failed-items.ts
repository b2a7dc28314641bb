import { retryFailedItemsContract } from '@signalbox/contracts/run/retry-failed-items';
import { runProcedure } from '../../access/procedures.ts';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { restart } from '../../gate/restart.ts';
import { wellFormed } from '../../trpc.ts';

/** Repeats only what failed of an ended run, as a new run linked to it. */
export const retryFailedItems = runProcedure('run.retry')
  .meta(retryFailedItemsContract.meta)
  .use(wellFormed)
  .input(retryFailedItemsContract.input)
  .output(retryFailedItemsContract.output)
  .mutation(({ ctx, input }) =>
    restart(ctx, {
      action: 'retry_failed_items',
      idempotency: idempotencyOf(ctx, retryFailedItemsContract.meta, input),
    }),
  );
