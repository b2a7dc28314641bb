import { startRollbackContract } from '@signalbox/contracts/provisioning/start-rollback';
import { freshCode } from '../../access/step-up.ts';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { answerStart } from '../../openapi/answer-start.ts';
import { presentStartOutcome } from '../../presenters/gate/start-outcome.ts';
import { wellFormed } from '../../trpc.ts';
import { startRollbackRun } from './plan-rollback.ts';
import { rollbackProcedure } from './rollback-procedure.ts';

/** Undoes changes, as a run of its own. */
export const startRollback = rollbackProcedure({ checkpoint: 'checkpointId', operations: 'operations' })
  .use(freshCode)
  .meta(startRollbackContract.meta)
  .use(wellFormed)
  .input(startRollbackContract.input)
  .output(startRollbackContract.output)
  .mutation(async ({ ctx, input }) => {
    const { checkpointId, operations, reason } = input;
    const idempotency = idempotencyOf(ctx, startRollbackContract.meta, input);
    const asked = { checkpointId, operations, operationsField: 'operations', reason };
    const outcome = await startRollbackRun(ctx, asked, { idempotency, context: { surface: ctx.surface } });
    const now = new Date();
    return answerStart(ctx.reply, presentStartOutcome(outcome, now), now);
  });
