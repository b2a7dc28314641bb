import { holds } from '@signalbox/domain/access/principal';
import { bulkCapability } from '@signalbox/domain/plan/bulk-action';
import type { StartedItemStatus } from '@signalbox/domain/plan/plan-item';
import { noItems, planStatus } from '@signalbox/domain/plan/plan-status';
import { sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { interval } from '../../client/rows.ts';
import { type InitiatorNow, initiatorNow } from '../../queries/access/initiator-now.ts';
import { type DueItem, dueItems, type OpenPlan, openPlan } from '../../queries/plan/due-items.ts';
import type { PlanAddress } from './advance-plan.ts';
import { cancelItem } from './cancel-item.ts';
import { enqueuePlans } from './enqueue-plans.ts';
import { restartItems } from './restart-items.ts';
import { lockWaiting, settleItems } from './settle-items.ts';
import { refused, type Tried } from './tried.ts';

/** Items tried in one transaction at most: a statement stays far from its time limit. */
const chunk = 25;

/** Chunks of one advance at most; then it gives its slot back and comes again. */
const chunks = 20;

/** How soon a plan that has begun to wait for a scope is looked at again, ms; longer than a commit takes. */
const lookAgainMs = 2_000;

/**
 * Does all that a bulk action can do now: tries every item that is due, and closes it when none is left. Any number of
 * advances may run at once, and any of them may die anywhere: each item is claimed, tried and written in one
 * transaction. The work is done with the rights that the member or the API key who asked has at this moment.
 */
export async function advanceBulk(db: Database, address: PlanAddress): Promise<void> {
  const { workspaceId, planId } = address;
  for (let done = 0; ; done++) {
    const due = await db.inWorkspace(workspaceId, (tx) => look(tx, planId));
    if (due === null) return;
    if (due.items.length === 0) break;
    if (done === chunks) {
      await db.inWorkspace(workspaceId, (tx) => enqueuePlans(tx, [planId]));
      return;
    }
    await tryItems(db, address, due);
  }
  await db.inWorkspace(workspaceId, (tx) => closeOrWait(tx, planId));
}

interface Due {
  readonly plan: OpenPlan;
  readonly initiator: InitiatorNow;
  readonly items: readonly DueItem[];
}

async function look(tx: WorkspaceTransaction, planId: number): Promise<Due | null> {
  const plan = await openPlan(tx, planId);
  if (plan === null) return null;
  return {
    plan,
    initiator: await initiatorNow(tx, plan.initiator),
    items: await dueItems(tx, planId, chunk),
  };
}

async function tryItems(db: Database, { workspaceId }: PlanAddress, due: Due): Promise<void> {
  const { plan, initiator, items } = due;
  if ('refused' in initiator) return fail(db, workspaceId, { items, tried: refused(initiator.refused) });
  const { principal } = initiator;
  if (!holds(principal, bulkCapability(plan.action)))
    return fail(db, workspaceId, { items, tried: refused('capability_missing') });
  const { action } = plan;
  if (action !== 'cancel') return restartItems(db, plan, { principal, items, action });
  for (const item of items) await cancelItem(db, plan, { principal, item });
}

async function fail(
  db: Database,
  workspaceId: string,
  { items, tried }: { readonly items: readonly DueItem[]; readonly tried: Tried },
): Promise<void> {
  const ids = items.map(({ id }) => id);
  await db.inWorkspace(workspaceId, async (tx) => {
    if (!(await lockWaiting(tx, ids))) return;
    await settleItems(
      tx,
      ids.map((itemId) => ({ itemId, connectionId: null, ...tried })),
    );
  });
}

/**
 * Closes a plan whose items need nothing more; one that waits for a time asks to be woken then. One that began to wait
 * for a scope just now looks again soon: whoever was freeing it in that moment could not see that somebody waits.
 */
async function closeOrWait(tx: WorkspaceTransaction, planId: number): Promise<void> {
  const groups = await tx.query.execute<{
    status: StartedItemStatus;
    items: number;
    until: string | null;
  }>(sql`
    select status, count(*)::int as items,
      least(min(wait_until), case when bool_or(wait_scope is not null and tried_at > now() - ${interval(lookAgainMs)})
        then now() + ${interval(lookAgainMs)} end) as until
    from plan_items
    where workspace_id = ${tx.workspaceId} and plan_id = ${planId} group by status`);
  const counts = Object.fromEntries(groups.map(({ status, items }) => [status, items]));
  const status = planStatus({ ...noItems, ...counts });
  await tx.query.execute(sql`
    update plans set status = ${status}, advanced_at = now(),
      finished_at = case when ${status} = 'working' then null else now() end
    where workspace_id = ${tx.workspaceId} and id = ${planId} and status = 'working'`);
  const until = groups.find((group) => group.status === 'waiting')?.until ?? null;
  if (until !== null) await enqueuePlans(tx, [planId], new Date(until));
}
