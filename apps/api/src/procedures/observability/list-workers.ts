import { listWorkersContract } from '@signalbox/contracts/observability/list-workers';
import { listWorkers as listWorkersQuery } from '@signalbox/db/queries/observability/workers';
import { memberProcedure } from '../../access/procedures.ts';
import { presentWorker } from '../../presenters/observability/worker.ts';
import { moment } from '../../presenters/time.ts';
import { wellFormed } from '../../trpc.ts';

/** The workers of the installation, with those of their runs the caller may see. */
export const listWorkers = memberProcedure('run.read')
  .meta(listWorkersContract.meta)
  .use(wellFormed)
  .input(listWorkersContract.input)
  .output(listWorkersContract.output)
  .query(async ({ ctx }) => {
    const { now, workers } = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      listWorkersQuery(tx, ctx.principal),
    );
    const alive = workers.filter(({ state }) => state === 'alive');
    return {
      items: workers.map(presentWorker),
      alive: alive.length,
      slots: alive.reduce((sum, { slots }) => sum + slots, 0),
      serverTime: moment(now),
    };
  });
