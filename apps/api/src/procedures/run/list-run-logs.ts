import { listRunLogsContract } from '@signalbox/contracts/run/list-run-logs';
import { runLogsOf } from '@signalbox/db/queries/run/run-parts';
import { runProcedure } from '../../access/procedures.ts';
import { presentLogChunk } from '../../presenters/run/run-event.ts';
import { wellFormed } from '../../trpc.ts';

/** A run's log after a given number, oldest first. */
export const listRunLogs = runProcedure('run.read')
  .meta(listRunLogsContract.meta)
  .use(wellFormed)
  .input(listRunLogsContract.input)
  .output(listRunLogsContract.output)
  .query(async ({ ctx, input }) => {
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      runLogsOf(tx, ctx.run.id, { after: input.after, limit: input.limit }),
    );
    const lastSeq = Math.max(ctx.run.eventSeq, rows.at(-1)?.seq ?? 0);
    return { items: rows.map(presentLogChunk), lastSeq };
  });
