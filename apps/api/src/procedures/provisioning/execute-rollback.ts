import { executeRollbackContract } from '@signalbox/contracts/provisioning/execute-rollback';
import type { RunRecord } from '@signalbox/db/queries/run/run-record';
import { AppError } from '@signalbox/domain/error/app-error';
import { freshCode } from '../../access/step-up.ts';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { waitForEnd } from '../../gate/wait-for-end.ts';
import { refusalOf } from '../../openapi/answer-start.ts';
import { presentStartOutcome } from '../../presenters/gate/start-outcome.ts';
import { wellFormed } from '../../trpc.ts';
import { startRollbackRun } from './plan-rollback.ts';
import { rollbackProcedure } from './rollback-procedure.ts';

/** Undoes changes and waits for it, in the words of the provisioning contract. */
export const executeRollback = rollbackProcedure({
  checkpoint: 'checkpoint_id',
  operations: 'operation_ids',
})
  .use(freshCode)
  .meta(executeRollbackContract.meta)
  .use(wellFormed)
  .input(executeRollbackContract.input)
  .output(executeRollbackContract.output)
  .mutation(async ({ ctx, input, signal }) => {
    const { db, principal, rollbackWaitMs: withinMs } = ctx;
    const { checkpoint_id: checkpointId, operation_ids: operations } = input;
    const idempotency = idempotencyOf(ctx, executeRollbackContract.meta, input);
    const asked = { checkpointId, operations, operationsField: 'operation_ids' };
    const outcome = await startRollbackRun(ctx, asked, { idempotency, context: { surface: 'provisioning' } });
    const { run, verdict } = outcome.result;
    // One that is active already is somebody else's to wait for.
    if (run === null || verdict.kind === 'deduped') {
      const now = new Date();
      throw new AppError(refusalOf(presentStartOutcome(outcome, now), now));
    }
    const { workspaceId } = principal;
    const ended = (await waitForEnd(db, { workspaceId, runId: run.id, withinMs }, signal)) ?? run;
    return { success: true, data: resultOf(ended) };
  });

function resultOf({ uid, status, counts, createdAt, finishedAt }: RunRecord) {
  const seconds = ((finishedAt ?? new Date()).getTime() - createdAt.getTime()) / 1_000;
  return {
    rollback_id: uid,
    success: status === 'succeeded',
    operations_executed: counts.succeeded,
    operations_failed: counts.failed,
    duration: Math.max(0, Math.round(seconds * 1_000) / 1_000),
  };
}
