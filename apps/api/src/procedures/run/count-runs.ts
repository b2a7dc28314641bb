import { countRunsContract, mostCounted } from '@signalbox/contracts/run/count-runs';
import { countByStatus, countMeant } from '@signalbox/db/queries/run/count-runs';
import { memberProcedure } from '../../access/procedures.ts';
import { wellFormed } from '../../trpc.ts';
import { runFilterOf } from './run-filter.ts';

/** How many runs a filter matches, by status and in all. */
export const countRuns = memberProcedure('run.read')
  .meta(countRunsContract.meta)
  .use(wellFormed)
  .input(countRunsContract.input)
  .output(countRunsContract.output)
  .query(async ({ ctx: { db, principal }, input }) => {
    const filter = runFilterOf(input, principal);
    return db.inWorkspace(principal.workspaceId, async (tx) => ({
      statuses: await countByStatus(tx, principal, { filter, cap: mostCounted }),
      total: await countMeant(tx, principal, filter),
    }));
  });
