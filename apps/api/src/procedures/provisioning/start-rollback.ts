import { startRollbackContract } from '@signalbox/contracts/provisioning/start-rollback';
import { rollbackStart } from '@signalbox/db/commands/provisioning/rollback-start';
import { freshCode } from '../../access/step-up.ts';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { startNatively, startRequest } from '../../gate/start.ts';
import { wellFormed } from '../../trpc.ts';
import { planRollback, requireSteps } from './plan-rollback.ts';
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
    const plan = await planRollback(ctx, { checkpointId, operations, operationsField: 'operations' });
    requireSteps(plan);
    const { operation, input: told } = rollbackStart(ctx.principal, { ...plan, reason });
    const idempotency = idempotencyOf(ctx, startRollbackContract.meta, input);
    return startNatively(
      ctx,
      startRequest(ctx, { operation, tenantId: null, connectionId: null, input: told, idempotency }),
    );
  });
