import { cancelRunContract } from '@signalbox/contracts/run/cancel-run';
import { requestCancel } from '@signalbox/db/commands/run/request-cancel';
import { surroundings } from '@signalbox/db/queries/observability/surroundings';
import { runsById } from '@signalbox/db/queries/run/get-run';
import { actorOf } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import { found } from '../../access/capability.ts';
import { runProcedure } from '../../access/procedures.ts';
import { refuseState } from '../../gate/refuse-state.ts';
import { presentRunSummary } from '../../presenters/run/run-summary.ts';
import { wellFormed } from '../../trpc.ts';

/** Asks a run to stop: at once when nobody has it yet (200), else at its next step (202). */
export const cancelRun = runProcedure('run.cancel')
  .meta(cancelRunContract.meta)
  .use(wellFormed)
  .input(cancelRunContract.input)
  .output(cancelRunContract.output)
  .mutation(({ ctx, input }) =>
    ctx.db.inWorkspace(ctx.principal.workspaceId, async (tx) => {
      const result = await requestCancel(tx, {
        runId: ctx.run.id,
        actor: actorOf(ctx.principal),
        reason: input.reason ?? null,
        requestId: ctx.requestId,
      });
      if (result.kind === 'not_found') throw new AppError({ code: 'not_found' });
      const [record] = await runsById(tx, [ctx.run.id]);
      if (result.kind === 'ended') {
        throw refuseState(found(record), ctx.principal, 'The run has already ended.');
      }
      if (result.kind === 'already_requested') {
        throw refuseState(found(record), ctx.principal, 'A cancel has already been asked for.');
      }
      if (result.kind === 'requested') ctx.reply.accepted();
      return { run: presentRunSummary(found(record), (await surroundings(tx)).now) };
    }),
  );
