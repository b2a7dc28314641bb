import { retryBatchContract } from '@signalbox/contracts/provisioning/retry-batch';
import {
  type RetryRefusal,
  retryBatch as retryBatchCommand,
} from '@signalbox/db/commands/provisioning/retry-batch';
import { AppError } from '@signalbox/domain/error/app-error';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { presentBatch } from '../../presenters/provisioning/batch.ts';
import { retryProblems } from '../../presenters/provisioning/batch-actions.ts';
import { wellFormed } from '../../trpc.ts';
import { batchProcedure } from './batch-procedure.ts';
import { madeBatch, refusalOfBatch } from './start-batch.ts';

/** Admits a new batch of what is left of one. */
export const retryBatch = batchProcedure('id', 'run.retry')
  .meta(retryBatchContract.meta)
  .use(wellFormed)
  .input(retryBatchContract.input)
  .output(retryBatchContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, principal, requestId } = ctx;
    const idempotency = idempotencyOf(ctx, retryBatchContract.meta, input);
    const making = retryBatchCommand(db, principal, { uid: ctx.batch.uid, idempotency, requestId });
    const batch = await madeBatch(making, refusal);
    ctx.reply.created(`/v1/batches/${batch.uid}`);
    return presentBatch(batch, principal);
  });

function refusal(refused: RetryRefusal): AppError {
  if (refused.kind === 'problems' || refused.kind === 'gate') return refusalOfBatch(refused);
  return new AppError({ code: 'conflict', message: retryProblems[refused.kind], nextSteps: [] });
}
