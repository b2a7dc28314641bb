import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { isOperation } from '@signalbox/domain/operation/registry';
import { untilItsEnd } from '@signalbox/domain/plan/succession';
import { sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { initiatorNow } from '../../queries/access/initiator-now.ts';
import { type BatchTarget, batchTargets } from '../../queries/provisioning/batch-targets.ts';
import { type StartResult, startPlanned } from '../gate/start-runs.ts';
import type { PlanAddress } from './advance-plan.ts';
import { answered } from './answered.ts';
import { appendPlanEvents } from './append-plan-events.ts';
import {
  type DueInBatch,
  goOnBatch,
  lockBatch,
  type OpenBatch,
  type OpenBatchItem,
  progressOf,
} from './batch.ts';
import { cancelBatchRuns } from './cancel-batch-runs.ts';
import { enqueuePlans } from './enqueue-plans.ts';
import { type SettledItem, settleItems } from './settle-items.ts';
import { refused, type Tried } from './tried.ts';
import { undoBatch } from './undo-batch.ts';

/** Items tried in one transaction at most: a statement stays far from its time limit. */
const chunk = 25;

/** Rounds of one advance at most; then it gives its slot back and comes again. */
const rounds = 20;

/**
 * Goes on with a batch: starts what is due, as far as its limit leaves room, and has what it did undone when it has
 * failed. Any number of advances may run at once, and any of them may die anywhere: the lock of the batch lets one start
 * at a time, and each start and its link to the item commit together.
 */
export async function advanceBatch(db: Database, address: PlanAddress): Promise<void> {
  const { workspaceId, planId } = address;
  for (let round = 0; round < rounds; round++) {
    const due = await db.inWorkspace(workspaceId, (tx) => look(tx, planId));
    if (due === null) return;
    const { cancelledBy, cancelReason, requestId } = due.batch;
    if (cancelledBy !== null) {
      // Whoever cancelled it has asked already, unless their process died over it.
      const actor = { kind: 'user', name: cancelledBy } as const;
      return cancelBatchRuns(db, workspaceId, { planId, actor, reason: cancelReason, requestId });
    }
    if (due.undo) await undoBatch(db, workspaceId, due.batch);
    else if (due.items.length === 0) return;
    else await tryItems(db, address, { ...due, items: due.items.slice(0, chunk) });
  }
  await db.inWorkspace(workspaceId, (tx) => enqueuePlans(tx, [planId]));
}

/** What may be done now. What waits for a time asks to be woken then. */
async function look(tx: WorkspaceTransaction, planId: number): Promise<DueInBatch | null> {
  const due = await goOnBatch(tx, planId);
  const [next] = await tx.query.execute<{ until: string | null }>(sql`
    update plans p set advanced_at = now()
    where p.workspace_id = ${tx.workspaceId} and p.id = ${planId} and p.status = 'working'
    returning (select min(i.wait_until) from plan_items i
      where i.workspace_id = p.workspace_id and i.plan_id = p.id and i.status = 'waiting' and i.wait_until > now()) as until`);
  const until = next?.until ?? null;
  if (until !== null) await enqueuePlans(tx, [planId], new Date(until));
  return due;
}

/** Starts items through the one door, with the rights that whoever asked has at this moment. */
async function tryItems(db: Database, { workspaceId, planId }: PlanAddress, due: DueInBatch): Promise<void> {
  const { items } = due;
  const ids = new Set(items.map(({ id }) => id));
  const stillDue = async (tx: WorkspaceTransaction): Promise<boolean> => {
    const batch = await lockBatch(tx, planId);
    if (batch === null) return false;
    const { admit } = progressOf(batch);
    return admit.filter(({ id }) => ids.has(id)).length === ids.size;
  };
  const starts = await startsOf(db, workspaceId, due);
  if ('move' in starts) {
    await db.inWorkspace(workspaceId, async (tx) => {
      if (!(await stillDue(tx))) return;
      const settled = items.map(({ id }) => ({ itemId: id, connectionId: null, ...starts }));
      await settle(tx, due, { settled, results: [] });
    });
    return;
  }
  await startPlanned(db, workspaceId, {
    requests: starts.requests,
    claim: stillDue,
    settle: (tx, results) => {
      const settled = items.map((item, index) => {
        const request = starts.requests[index];
        if (request === undefined) throw new Error(`The item ${item.key} was not asked for.`);
        const { move, ...rest } = answered(item.id, request, results[index]);
        return { ...rest, move: untilItsEnd(move) };
      });
      return settle(tx, due, { settled, results });
    },
  });
}

/** Writes how items go on, tells of it, and draws the consequences. */
async function settle(
  tx: WorkspaceTransaction,
  { batch, items }: DueInBatch,
  {
    settled,
    results,
  }: { readonly settled: readonly SettledItem[]; readonly results: readonly StartResult[] },
): Promise<void> {
  await settleItems(tx, settled);
  const events = settled.flatMap(({ move, message }, index) => {
    const item = items[index];
    const result = results[index];
    if (item === undefined || move.status === 'waiting') return [];
    const run = result?.kind === 'decided' ? result.run : null;
    const { key, operation } = item;
    const told = { key, operation, from: 'waiting', to: move.status, message } as const;
    return [{ kind: 'item' as const, data: { ...told, ...(run !== null && { runUid: run.uid }) } }];
  });
  if (events.length > 0) await appendPlanEvents(tx, batch.id, events);
  await goOnBatch(tx, batch.id);
}

async function startsOf(
  db: Database,
  workspaceId: string,
  { batch, items }: DueInBatch,
): Promise<{ readonly requests: readonly StartRequest[] } | Tried> {
  return db.inWorkspace(workspaceId, async (tx) => {
    const initiator = await initiatorNow(tx, batch.initiator);
    if ('refused' in initiator) return refused(initiator.refused);
    const targets = await batchTargets(tx, batch.id, items);
    const requests: StartRequest[] = [];
    for (const item of items) {
      const target = targets.get(item.id);
      // Planned by another version that knew more.
      if (target === undefined || !isOperation(item.operation)) return refused('internal');
      requests.push(batchStart({ batch, item, target }, initiator.principal));
    }
    return { requests };
  });
}

function batchStart(
  { batch, item, target }: { batch: OpenBatch; item: OpenBatchItem; target: BatchTarget },
  principal: StartRequest['principal'],
): StartRequest {
  if (!isOperation(item.operation)) throw new Error(`There is no operation ${item.operation}.`);
  const context: JsonObject = {
    surface: 'batch',
    batchId: batch.uid,
    batchName: batch.name,
    operationId: item.key,
  };
  return {
    principal,
    operation: item.operation,
    tenantId: null,
    connectionId: item.connectionId,
    input: target.input,
    // Within a batch each operation is work of its own; equal ones follow one another by their scopes.
    payloadHash: `batch:${batch.uid}:${item.key}`,
    link: null,
    idempotency: null,
    context,
    tags: [],
    scopes: target.scopes,
    requestId: batch.requestId,
  };
}
