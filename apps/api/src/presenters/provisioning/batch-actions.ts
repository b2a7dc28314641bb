import { leftOf, type RetryRefusal } from '@signalbox/db/commands/provisioning/retry-batch';
import type { BatchDetail } from '@signalbox/db/queries/provisioning/batch';
import { holds, type Principal } from '@signalbox/domain/access/principal';

/** Why the rest of a batch is not tried again. */
export const retryProblems: Readonly<Record<Exclude<RetryRefusal['kind'], 'problems' | 'gate'>, string>> = {
  running: 'The batch has not ended yet.',
  retried: 'Another batch tries its rest again, or has done it.',
  nothing_left: 'Nothing of the batch is left to be done.',
};

/** Why this caller cannot try the rest of a batch again; null when they can. */
export function retryRefused(batch: BatchDetail, principal: Principal): string | null {
  if (batch.status === 'working') return retryProblems.running;
  if (batch.retriedBy !== null) return retryProblems.retried;
  if (leftOf(batch).length === 0) return retryProblems.nothing_left;
  return lacks(principal, 'run.retry');
}

/** Why this caller cannot cancel a batch; null when they can. */
export function cancelRefused(batch: BatchDetail, principal: Principal): string | null {
  if (batch.status !== 'working') return 'The batch has already ended.';
  if (batch.abortedBy !== null) return 'A cancel of the batch has already been asked for.';
  if (batch.undoRun !== null) return 'The batch has failed and is being undone.';
  return lacks(principal, 'run.cancel');
}

function lacks(principal: Principal, capability: 'run.retry' | 'run.cancel'): string | null {
  return holds(principal, capability) ? null : `You lack the capability ${capability}.`;
}
