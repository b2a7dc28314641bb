import { listRunEventsContract } from '@signalbox/contracts/run/list-run-events';
import { runEventsOf } from '@signalbox/db/queries/run/run-parts';
import { runProcedure } from '../../access/procedures.ts';
import { objectsOf } from '../../presenters/run/run.ts';
import { presentRunEvent } from '../../presenters/run/run-event.ts';
import { wellFormed } from '../../trpc.ts';

/** A run's history after a given event, oldest first. */
export const listRunEvents = runProcedure('run.read')
  .meta(listRunEventsContract.meta)
  .use(wellFormed)
  .input(listRunEventsContract.input)
  .output(listRunEventsContract.output)
  .query(async ({ ctx, input }) => {
    const { principal, run } = ctx;
    const rows = await ctx.db.inWorkspace(principal.workspaceId, (tx) =>
      runEventsOf(tx, run.id, { after: input.after, limit: input.limit }),
    );
    const reader = { principal, objects: objectsOf(run) };
    // Events that came in since the run was read are newer than what the run says.
    const lastSeq = Math.max(run.eventSeq, rows.at(-1)?.seq ?? 0);
    return { items: rows.map((row) => presentRunEvent(row, reader)), lastSeq };
  });
