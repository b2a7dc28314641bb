import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import type { ItemMove } from '@signalbox/domain/plan/plan-item';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import type { DueItem, OpenPlan } from '../../queries/plan/due-items.ts';
import { getRun } from '../../queries/run/get-run.ts';
import { requestCancel } from '../run/request-cancel.ts';
import { lockWaiting, settleItems } from './settle-items.ts';
import { outOfReach, type Tried } from './tried.ts';

/** Asks for the cancel an item stands for, by the command that a single cancel uses, and notes what became of it. */
export async function cancelItem(
  db: Database,
  plan: OpenPlan,
  by: { readonly principal: Principal; readonly item: DueItem },
): Promise<void> {
  await db.inWorkspace(by.principal.workspaceId, async (tx) => {
    if (!(await lockWaiting(tx, [by.item.id]))) return;
    const { move, message } = await cancelled(tx, plan, by);
    await settleItems(tx, [{ itemId: by.item.id, move, message, connectionId: null }]);
  });
}

async function cancelled(
  tx: WorkspaceTransaction,
  plan: OpenPlan,
  { principal, item }: { readonly principal: Principal; readonly item: DueItem },
): Promise<Tried> {
  const run = await getRun(tx, principal, { id: item.sourceRunId });
  if (run === null) return outOfReach;
  const result = await requestCancel(tx, {
    runId: run.id,
    actor: actorOf(principal),
    reason: plan.reason,
    requestId: plan.requestId,
  });
  switch (result.kind) {
    case 'cancelled':
      return done('cancelled', 'The run was cancelled.');
    case 'requested':
      return done('cancel_requested', 'The run was asked to stop and does so at its next step.');
    case 'already_requested':
      return skipped('A cancel has already been asked for.');
    case 'ended':
      return skipped('The run has already ended.');
    case 'not_found':
      return outOfReach;
  }
}

function done(outcome: 'cancelled' | 'cancel_requested', message: string): Tried {
  return { move: { status: 'done', outcome, reason: null, runId: null } satisfies ItemMove, message };
}

function skipped(problem: string): Tried {
  return { move: { status: 'skipped', problem }, message: problem };
}
