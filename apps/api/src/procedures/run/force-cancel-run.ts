import { forceCancelRunContract } from '@signalbox/contracts/run/force-cancel-run';
import { forceCancel } from '@signalbox/db/commands/run/force-cancel';
import { surroundings } from '@signalbox/db/queries/observability/surroundings';
import { runsById } from '@signalbox/db/queries/run/get-run';
import { actorOf } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import { found } from '../../access/capability.ts';
import { runProcedure } from '../../access/procedures.ts';
import { freshCode } from '../../access/step-up.ts';
import { refuseState } from '../../gate/refuse-state.ts';
import { presentRunSummary } from '../../presenters/run/run-summary.ts';
import { wellFormed } from '../../trpc.ts';

/** Ends a run whose worker is gone or does not stop. */
export const forceCancelRun = runProcedure('run.force_cancel')
  .use(freshCode)
  .meta(forceCancelRunContract.meta)
  .use(wellFormed)
  .input(forceCancelRunContract.input)
  .output(forceCancelRunContract.output)
  .mutation(({ ctx, input }) =>
    ctx.db.inWorkspace(ctx.principal.workspaceId, async (tx) => {
      const result = await forceCancel(tx, {
        runId: ctx.run.id,
        actor: actorOf(ctx.principal),
        reason: input.reason,
        requestId: ctx.requestId,
      });
      if (result.kind === 'not_found') throw new AppError({ code: 'not_found' });
      const [record] = await runsById(tx, [ctx.run.id]);
      if (result.kind === 'refused') throw refuseState(found(record), ctx.principal, result.problem);
      return { run: presentRunSummary(found(record), (await surroundings(tx)).now) };
    }),
  );
