import { getRunTimelineContract } from '@signalbox/contracts/run/timeline';
import { surroundings } from '@signalbox/db/queries/observability/surroundings';
import { runsById } from '@signalbox/db/queries/run/get-run';
import { runStepsOf } from '@signalbox/db/queries/run/run-parts';
import { timelineEventsOf } from '@signalbox/db/queries/run/timeline-events';
import { sharpened } from '@signalbox/domain/run/timeline';
import { found } from '../../access/capability.ts';
import { runProcedure } from '../../access/procedures.ts';
import { presentTimeline } from '../../presenters/run/timeline.ts';
import { wellFormed } from '../../trpc.ts';

/** Where the time of a run went. */
export const getRunTimeline = runProcedure('run.read')
  .meta(getRunTimelineContract.meta)
  .use(wellFormed)
  .input(getRunTimelineContract.input)
  .output(getRunTimelineContract.output)
  .query(({ ctx }) =>
    ctx.db.inWorkspace(ctx.principal.workspaceId, async (tx) => {
      // The events first: a run read after them is never older than its history, and its end is not missed.
      const steps = await runStepsOf(tx, ctx.run.id);
      const starts = steps.map((step) => ({ ...step, startedAt: step.startedAt.getTime() }));
      const events = sharpened(await timelineEventsOf(tx, ctx.run.id), starts);
      const [record] = await runsById(tx, [ctx.run.id]);
      return presentTimeline(found(record), events, (await surroundings(tx)).now);
    }),
  );
