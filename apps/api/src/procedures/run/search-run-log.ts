import { searchRunLogContract } from '@signalbox/contracts/run/search-run-log';
import { logSpanOf, searchRunLog as search } from '@signalbox/db/queries/run/run-log';
import { logLevels } from '@signalbox/domain/run/events';
import { runProcedure } from '../../access/procedures.ts';
import { moment } from '../../presenters/time.ts';
import { wellFormed } from '../../trpc.ts';

/** Lines of a run's log that hold what is looked for, oldest first. */
export const searchRunLog = runProcedure('run.read')
  .meta(searchRunLogContract.meta)
  .use(wellFormed)
  .input(searchRunLogContract.input)
  .output(searchRunLogContract.output)
  .query(async ({ ctx, input }) => {
    const { q, level = 'info', step, afterLine, limit } = input;
    const levels = logLevels.slice(logLevels.indexOf(level));
    const { found, lastLine } = await ctx.db.inWorkspace(ctx.principal.workspaceId, async (tx) => ({
      // Read first: a line that comes meanwhile may then be given, but is never passed over.
      ...(await logSpanOf(tx, ctx.run.id)),
      found: await search(tx, ctx.run.id, { text: q, levels, step, after: afterLine, limit: limit + 1 }),
    }));
    const shown = found.slice(0, limit);
    return {
      items: shown.map((row) => ({
        line: row.line,
        at: moment(row.at),
        level: row.level,
        ...(row.step !== null && { step: row.step }),
        text: row.text,
      })),
      nextLine: found.length > limit ? (shown.at(-1)?.line ?? null) : null,
      lastLine,
    };
  });
