import { getFleetContract } from '@signalbox/contracts/observability/get-fleet';
import { missingTools } from '@signalbox/db/queries/observability/missing-tools';
import { listQueues } from '@signalbox/db/queries/observability/queues';
import { listWorkers } from '@signalbox/db/queries/observability/workers';
import { memberProcedure } from '../../access/procedures.ts';
import { judgeSystem } from '../../observability/system-state.ts';
import { presentComponent, presentQueue } from '../../presenters/observability/fleet.ts';
import { presentWorker } from '../../presenters/observability/worker.ts';
import { moment } from '../../presenters/time.ts';
import { wellFormed } from '../../trpc.ts';

/** How well the installation is, who works, and what waits, of the runs the caller may see. */
export const getFleet = memberProcedure('run.read')
  .meta(getFleetContract.meta)
  .use(wellFormed)
  .input(getFleetContract.input)
  .output(getFleetContract.output)
  .query(async ({ ctx: { db, principal } }) => {
    const { workspaceId } = principal;
    const [health, { now, workers, queues, missing }] = await Promise.all([
      judgeSystem({ db, directory: process.cwd() }, workspaceId),
      db.inWorkspace(workspaceId, async (tx) => ({
        ...(await listWorkers(tx, principal)),
        queues: await listQueues(tx, principal),
        missing: await missingTools(tx),
      })),
    ]);
    const alive = workers.filter(({ state }) => state === 'alive');
    return {
      overall: health.overall,
      components: health.components.map(presentComponent),
      workers: workers.map(presentWorker),
      alive: alive.length,
      slots: alive.reduce((sum, { slots }) => sum + slots, 0),
      versions: [...new Set(alive.map(({ version }) => version))].sort(),
      missingTools: missing,
      queues: queues.map(presentQueue),
      checkedAt: moment(now),
    };
  });
