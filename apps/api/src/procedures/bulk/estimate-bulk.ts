import { estimateBulkContract } from '@signalbox/contracts/bulk/estimate-bulk';
import { surroundings } from '@signalbox/db/queries/observability/surroundings';
import { chosenRuns } from '@signalbox/db/queries/plan/chosen-runs';
import { AppError } from '@signalbox/domain/error/app-error';
import {
  confirmAbove,
  estimateBulk as estimate,
  largestBulk,
  reasonRequired,
} from '@signalbox/domain/plan/bulk-action';
import { moment } from '../../presenters/time.ts';
import { wellFormed } from '../../trpc.ts';
import { selectionOf, selectionProcedure } from './selection.ts';

/** What a bulk action would do, without making anything. */
export const estimateBulk = selectionProcedure
  .meta(estimateBulkContract.meta)
  .use(wellFormed)
  .input(estimateBulkContract.input)
  .output(estimateBulkContract.output)
  .mutation(({ ctx, input }) =>
    ctx.db.inWorkspace(ctx.principal.workspaceId, async (tx) => {
      const { action, selection } = input;
      const { now } = await surroundings(tx);
      const runs = await chosenRuns(tx, ctx.principal, selectionOf(selection, ctx.principal));
      if (runs.length > largestBulk) throw new AppError({ code: 'selection_too_large' });
      const found = estimate(action, runs);
      const { byStatus, skipped } = found;
      const asked = selection.filter?.createdBefore;
      const before = asked === undefined || new Date(asked) > now ? now : new Date(asked);
      return {
        action,
        at: moment(now),
        total: found.total,
        applies: found.applies,
        byStatus: [...byStatus],
        skipped: [...skipped],
        ...(selection.filter !== undefined && { createdBefore: moment(before) }),
        reasonRequired: reasonRequired(action),
        confirm: found.total > confirmAbove,
      };
    }),
  );
