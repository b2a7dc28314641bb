import { listRunLogsContract } from '@signalbox/contracts/run/list-run-logs';
import { logSpanOf, runLogsOf } from '@signalbox/db/queries/run/run-log';
import { runProcedure } from '../../access/procedures.ts';
import { presentLogChunk } from '../../presenters/run/run-event.ts';
import { wellFormed } from '../../trpc.ts';

/** A run's log after a chunk, before one, or from a line; oldest first. */
export const listRunLogs = runProcedure('run.read')
  .meta(listRunLogsContract.meta)
  .use(wellFormed)
  .input(listRunLogsContract.input)
  .output(listRunLogsContract.output)
  .query(async ({ ctx, input: { after = 0, before, fromLine, limit } }) => {
    const place = before !== undefined ? { before } : fromLine !== undefined ? { fromLine } : { after };
    const { rows, span } = await ctx.db.inWorkspace(ctx.principal.workspaceId, async (tx) => ({
      rows: await runLogsOf(tx, ctx.run.id, { place, limit }),
      span: await logSpanOf(tx, ctx.run.id),
    }));
    const lastSeq = Math.max(ctx.run.eventSeq, rows.at(-1)?.seq ?? 0);
    return { items: rows.map(presentLogChunk), lastSeq, ...span };
  });
