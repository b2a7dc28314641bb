import { previewRollbackContract } from '@signalbox/contracts/provisioning/preview-rollback';
import { rollbackStart } from '@signalbox/db/commands/provisioning/rollback-start';
import { usualSeconds } from '@signalbox/db/queries/provisioning/usual-seconds';
import { ask } from '../../gate/start.ts';
import { presentStartOutcome } from '../../presenters/gate/start-outcome.ts';
import { presentRollbackStep } from '../../presenters/provisioning/rollback-preview.ts';
import { wellFormed } from '../../trpc.ts';
import { planRollback } from './plan-rollback.ts';
import { rollbackProcedure } from './rollback-procedure.ts';

/** What a rollback would do. */
export const previewRollback = rollbackProcedure({ checkpoint: 'checkpointId', operations: 'operations' })
  .meta(previewRollbackContract.meta)
  .use(wellFormed)
  .input(previewRollbackContract.input)
  .output(previewRollbackContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, principal } = ctx;
    const { checkpointId, operations } = input;
    const plan = await planRollback(ctx, { checkpointId, operations, operationsField: 'operations' });
    const { steps, checkpointName } = plan;
    const possible = steps.filter(({ problem }) => problem === null).length;
    const seconds = await db.inWorkspace(principal.workspaceId, (tx) => usualSeconds(tx, possible));
    const outcome =
      possible === 0
        ? null
        : presentStartOutcome(await ask(ctx, { ...rollbackStart(principal, plan) }), new Date());
    return {
      steps: steps.map(presentRollbackStep),
      infras: [...new Set(steps.map(({ change }) => change.infra))].sort(),
      possible,
      impossible: steps.length - possible,
      ...(seconds !== null && { usualSeconds: seconds }),
      ...(outcome !== null && { start: outcome }),
      ...(checkpointId !== undefined &&
        checkpointName !== undefined && { checkpoint: { id: checkpointId, name: checkpointName } }),
    };
  });
