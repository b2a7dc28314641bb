import { cancelBatch } from '@signalbox/db/commands/provisioning/cancel-batch';
import type { Principal } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import type { AppContext } from '../../context.ts';

const problems = {
  ended: 'The batch has already ended.',
  already_cancelled: 'A cancel of the batch has already been asked for.',
  being_undone: 'The batch has failed and is being undone; cancel the run that does it instead.',
} as const;

/**
 * Stops a batch and says what of it.
 * @throws AppError conflict when its state does not admit it
 */
export async function stopBatch(
  ctx: AppContext & { readonly principal: Principal },
  planId: number,
  reason: string | null,
): Promise<{ readonly stopped: readonly string[]; readonly stopping: readonly string[] }> {
  const { db, principal, requestId } = ctx;
  const result = await cancelBatch(db, principal, { planId, reason, requestId });
  if (result.kind === 'cancelled') return result;
  throw new AppError({ code: 'conflict', message: problems[result.kind], nextSteps: [] });
}
