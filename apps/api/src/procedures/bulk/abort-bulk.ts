import { abortBulkContract } from '@signalbox/contracts/bulk/abort-bulk';
import { abortPlan } from '@signalbox/db/commands/plan/abort-plan';
import { getPlan } from '@signalbox/db/queries/plan/plans';
import { AppError } from '@signalbox/domain/error/app-error';
import { bulkCapability } from '@signalbox/domain/plan/bulk-action';
import { found, requireCapability } from '../../access/capability.ts';
import { bulkProcedure } from '../../access/procedures.ts';
import { presentBulk } from '../../presenters/bulk/bulk-record.ts';
import { wellFormed } from '../../trpc.ts';

/** Stops a bulk action. Whoever may ask for its action may stop it. */
export const abortBulk = bulkProcedure
  .use(({ ctx, next }) => {
    requireCapability(ctx.principal, bulkCapability(ctx.bulk.action));
    return next();
  })
  .meta(abortBulkContract.meta)
  .use(wellFormed)
  .input(abortBulkContract.input)
  .output(abortBulkContract.output)
  .mutation(({ ctx, input }) =>
    ctx.db.inWorkspace(ctx.principal.workspaceId, async (tx) => {
      const { principal, requestId, bulk } = ctx;
      const abort = { planId: bulk.id, reason: input.reason ?? null, requestId };
      const result = await abortPlan(tx, principal, abort);
      if (result.kind === 'ended') {
        const message = 'The bulk action has already ended.';
        throw new AppError({ code: 'conflict', message, nextSteps: [] });
      }
      return presentBulk(found(await getPlan(tx, principal, bulk.id)), principal);
    }),
  );
