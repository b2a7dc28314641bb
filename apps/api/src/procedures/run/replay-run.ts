import { replayRunContract } from '@signalbox/contracts/run/replay-run';
import { isOperation } from '@signalbox/domain/operation/registry';
import { runProcedure } from '../../access/procedures.ts';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { restart } from '../../gate/restart.ts';
import { operationInput } from '../../gate/start-procedure.ts';
import { wellFormed } from '../../trpc.ts';

/** Runs an ended run again, as a new run linked to it. */
export const replayRun = runProcedure('run.replay')
  .meta(replayRunContract.meta)
  .use(wellFormed)
  .input(replayRunContract.input)
  .output(replayRunContract.output)
  .mutation(({ ctx, input }) => {
    const { operation } = ctx.run;
    const changed =
      input.input === undefined || !isOperation(operation)
        ? {}
        : { input: operationInput(operation, input.input) };
    return restart(ctx, {
      action: 'replay',
      idempotency: idempotencyOf(ctx, replayRunContract.meta, input),
      ...changed,
    });
  });
