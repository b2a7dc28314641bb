import type { Principal } from '@signalbox/domain/access/principal';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import type { BulkAction } from '@signalbox/domain/plan/bulk-action';
import type { Database } from '../../client/database.ts';
import type { DueItem, OpenPlan } from '../../queries/plan/due-items.ts';
import { getRun } from '../../queries/run/get-run.ts';
import { restartRequest } from '../gate/restart-run.ts';
import { startPlanned } from '../gate/start-runs.ts';
import { answered } from './answered.ts';
import { lockWaiting, type SettledItem, settleItems } from './settle-items.ts';
import { outOfReach, type Tried } from './tried.ts';

type RestartAction = Exclude<BulkAction, 'cancel'>;

type Prepared =
  | { readonly item: DueItem; readonly request: StartRequest }
  | { readonly item: DueItem; readonly tried: Tried };

/**
 * Starts again the runs of some items, through the one door. Each item is written in the transaction that decided its
 * start, under a lock that no other advance and no abort can pass: a run and its link to the item commit together,
 * and an item is started once, whatever dies in between.
 */
export async function restartItems(
  db: Database,
  plan: OpenPlan,
  by: { readonly principal: Principal; readonly items: readonly DueItem[]; readonly action: RestartAction },
): Promise<void> {
  const { principal, action } = by;
  const prepared: Prepared[] = [];
  for (const item of by.items) prepared.push(await prepare(db, plan, { principal, action, item }));
  const starts = prepared.filter((each) => 'request' in each);
  const others = prepared.flatMap((each): SettledItem[] =>
    'tried' in each ? [{ itemId: each.item.id, connectionId: null, ...each.tried }] : [],
  );
  await startPlanned(db, principal.workspaceId, {
    requests: starts.map(({ request }) => request),
    claim: (tx) =>
      lockWaiting(
        tx,
        prepared.map(({ item }) => item.id),
      ),
    settle: async (tx, results) => {
      const started = starts.map(({ item, request }, index) => answered(item.id, request, results[index]));
      await settleItems(tx, [...started, ...others]);
    },
  });
}

async function prepare(
  db: Database,
  plan: OpenPlan,
  by: { readonly principal: Principal; readonly action: RestartAction; readonly item: DueItem },
): Promise<Prepared> {
  const { principal, action, item } = by;
  const run = await db.inWorkspace(principal.workspaceId, (tx) =>
    getRun(tx, principal, { id: item.sourceRunId }),
  );
  if (run === null) return { item, tried: outOfReach };
  const options = { action, idempotency: null, requestId: plan.requestId };
  const asked = await restartRequest(db, { principal, run }, options);
  if (asked.kind === 'wrong_state') {
    const { reason } = asked;
    return { item, tried: { move: { status: 'skipped', problem: reason }, message: reason } };
  }
  return { item, request: { ...asked.request, context: { surface: 'bulk', bulkActionId: plan.id } } };
}
