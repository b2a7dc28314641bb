import { listRunsContract } from '@signalbox/contracts/run/list-runs';
import { surroundings } from '@signalbox/db/queries/observability/surroundings';
import { listRuns as listRunsQuery, type RunCursor } from '@signalbox/db/queries/run/list-runs';
import { memberProcedure } from '../../access/procedures.ts';
import { presentRunSummary } from '../../presenters/run/run-summary.ts';
import { wellFormed } from '../../trpc.ts';
import { runFilterOf } from './run-filter.ts';

/** Runs of the workspace the caller may see, newest first. */
export const listRuns = memberProcedure('run.read')
  .meta(listRunsContract.meta)
  .use(wellFormed)
  .input(listRunsContract.input)
  .output(listRunsContract.output)
  .query(async ({ ctx, input }) => {
    const { principal, cursors, db } = ctx;
    const place = { workspaceId: principal.workspaceId, list: 'runs' };
    const position = input.cursor === undefined ? null : cursors.read(place, input.cursor);
    const write = (cursor: RunCursor | null) =>
      cursor && cursors.write(place, [cursor.createdAt, cursor.id, cursor.toward]);
    return db.inWorkspace(principal.workspaceId, async (tx) => {
      const page = await listRunsQuery(tx, principal, {
        filter: runFilterOf(input, principal),
        cursor: position && cursorAt(position),
        limit: input.limit,
      });
      const { now } = await surroundings(tx);
      return {
        items: page.items.map((record) => presentRunSummary(record, now)),
        nextCursor: write(page.next),
        previousCursor: write(page.previous),
      };
    });
  });

/** Cursors of before the way back was known have two parts and lead to older runs. */
function cursorAt([createdAt, id, toward]: readonly (string | number)[]): RunCursor {
  return {
    createdAt: String(createdAt),
    id: Number(id),
    toward: toward === 'newer' ? 'newer' : 'older',
  };
}
