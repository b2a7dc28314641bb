import { getRunContract } from '@signalbox/contracts/run/get-run';
import { runProcedure } from '../../access/procedures.ts';
import { loadRunView } from '../../presenters/run/load-run-view.ts';
import { presentRun } from '../../presenters/run/run.ts';
import { wellFormed } from '../../trpc.ts';

/** One run in full. */
export const getRun = runProcedure('run.read')
  .meta(getRunContract.meta)
  .use(wellFormed)
  .input(getRunContract.input)
  .output(getRunContract.output)
  .query(({ ctx }) =>
    ctx.db.inWorkspace(ctx.principal.workspaceId, async (tx) =>
      presentRun(await loadRunView(tx, ctx.run, ctx.principal), ctx.principal),
    ),
  );
