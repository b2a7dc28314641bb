import { createBulkContract } from '@signalbox/contracts/bulk/create-bulk';
import { type CreatedBulk, createBulk as createBulkCommand } from '@signalbox/db/commands/plan/create-bulk';
import type { PlanRecord } from '@signalbox/db/queries/plan/plans';
import { AppError } from '@signalbox/domain/error/app-error';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { presentBulk } from '../../presenters/bulk/bulk-record.ts';
import { wellFormed } from '../../trpc.ts';
import { selectionOf, selectionProcedure, writtenSelection } from './selection.ts';

/** Asks something of many runs. A worker goes through them, each by the door that a single one takes. */
export const createBulk = selectionProcedure
  .meta(createBulkContract.meta)
  .use(wellFormed)
  .input(createBulkContract.input)
  .output(createBulkContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, principal, requestId } = ctx;
    const { action, selection, reason } = input;
    const plan = made(
      await createBulkCommand(db, principal, {
        action,
        selection: selectionOf(selection, principal),
        asked: writtenSelection(selection, principal),
        reason: reason ?? null,
        idempotency: idempotencyOf(ctx, createBulkContract.meta, input),
        requestId,
      }),
    );
    ctx.reply.created(`/v1/bulk-actions/${plan.id}`);
    return presentBulk(plan, principal);
  });

function made(result: CreatedBulk): PlanRecord {
  switch (result.kind) {
    case 'created':
      return result.plan;
    case 'empty':
      throw new AppError({ code: 'selection_empty' });
    case 'too_many':
      throw new AppError({ code: 'selection_too_large' });
    case 'unknown_run':
      throw new AppError({ code: 'not_found' });
    case 'key_reused':
      throw new AppError({ code: 'idempotency_mismatch' });
    case 'key_in_flight':
      throw new AppError({ code: 'idempotency_in_flight' });
  }
}
