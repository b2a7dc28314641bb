import { listRunStepsContract } from '@signalbox/contracts/run/list-run-steps';
import { runStepsOf } from '@signalbox/db/queries/run/run-parts';
import { runProcedure } from '../../access/procedures.ts';
import { presentRunStep } from '../../presenters/run/run-step.ts';
import { wellFormed } from '../../trpc.ts';

/** The durable steps of a run in their order. */
export const listRunSteps = runProcedure('run.read')
  .meta(listRunStepsContract.meta)
  .use(wellFormed)
  .input(listRunStepsContract.input)
  .output(listRunStepsContract.output)
  .query(async ({ ctx }) => {
    const steps = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) => runStepsOf(tx, ctx.run.id));
    return { items: steps.map(presentRunStep) };
  });
