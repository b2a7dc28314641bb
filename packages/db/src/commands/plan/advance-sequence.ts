import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { isOperation } from '@signalbox/domain/operation/registry';
import { succession } from '@signalbox/domain/plan/succession';
import { sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { interval } from '../../client/rows.ts';
import { initiatorNow } from '../../queries/access/initiator-now.ts';
import { startPlanned } from '../gate/start-runs.ts';
import type { PlanAddress } from './advance-plan.ts';
import { answered } from './answered.ts';
import { enqueuePlans } from './enqueue-plans.ts';
import { type DueInSequence, goOn, lockSequence } from './sequence.ts';
import { settleItems } from './settle-items.ts';
import { settleStarted } from './settle-started.ts';
import { refused, type Tried } from './tried.ts';

/** How soon an item that has begun to wait for a scope is looked at again, ms; longer than a commit takes. */
const lookAgainMs = 2_000;

/** Rounds of one advance at most; then it gives its slot back and comes again. */
const rounds = 20;

/**
 * Goes on with work that is done one after the other: starts the next operation when all before it have succeeded and
 * what it waits for is over. Any number of advances may run at once, and any of them may die anywhere: the lock of the
 * plan lets one start at a time, and the start and its link to the item commit together.
 */
export async function advanceSequence(db: Database, address: PlanAddress): Promise<void> {
  const { workspaceId, planId } = address;
  for (let round = 0; round < rounds; round++) {
    const due = await db.inWorkspace(workspaceId, (tx) => look(tx, planId));
    if (due === null) return;
    await tryItem(db, address, due);
  }
  await db.inWorkspace(workspaceId, (tx) => enqueuePlans(tx, [planId]));
}

/** What may be tried now. What still waits asks to be woken when it is known when. */
async function look(tx: WorkspaceTransaction, planId: number): Promise<DueInSequence | null> {
  const due = await goOn(tx, planId);
  await tx.query.execute(sql`
    update plans set advanced_at = now() where workspace_id = ${tx.workspaceId} and id = ${planId}`);
  if (due === null || due.item.waitCause === null) return due;
  const [still] = await tx.query.execute<{ waits: boolean; until: string | null }>(sql`
    select case wait_cause when 'throttled' then wait_until > now() else exists (
        select from scope_claims c where c.workspace_id = i.workspace_id and c.scope_key = i.wait_scope) end as waits,
      coalesce(wait_until, case when tried_at > now() - ${interval(lookAgainMs)}
        then now() + ${interval(lookAgainMs)} end) as until
    from plan_items i where workspace_id = ${tx.workspaceId} and id = ${due.item.id}`);
  if (still?.waits !== true) return due;
  if (still.until !== null) await enqueuePlans(tx, [planId], new Date(still.until));
  return null;
}

/** Starts an item through the one door, with the rights that whoever asked has at this moment. */
async function tryItem(
  db: Database,
  { workspaceId, planId }: PlanAddress,
  due: DueInSequence,
): Promise<void> {
  const request = await requestOf(db, workspaceId, due);
  const stillDue = async (tx: WorkspaceTransaction): Promise<boolean> => {
    const plan = await lockSequence(tx, planId);
    const next = plan && succession(plan.items);
    return next?.kind === 'due' && next.item.id === due.item.id;
  };
  if ('move' in request) {
    await db.inWorkspace(workspaceId, async (tx) => {
      if (!(await stillDue(tx))) return;
      await settleItems(tx, [{ itemId: due.item.id, connectionId: null, ...request }]);
      await goOn(tx, planId);
    });
    return;
  }
  await startPlanned(db, workspaceId, {
    requests: [request],
    claim: stillDue,
    settle: async (tx, [result]) => {
      await settleStarted(tx, answered(due.item.id, request, result));
      await goOn(tx, planId);
    },
  });
}

async function requestOf(
  db: Database,
  workspaceId: string,
  { plan, item }: DueInSequence,
): Promise<StartRequest | Tried> {
  const initiator = await db.inWorkspace(workspaceId, (tx) => initiatorNow(tx, plan.initiator));
  if ('refused' in initiator) return refused(initiator.refused);
  // Planned by another version that knew more.
  if (!isOperation(item.operation)) return refused('internal');
  return sequenceStart({ ...plan, principal: initiator.principal }, { ...item, operation: item.operation });
}

/** The start of one operation of a sequence. */
export function sequenceStart(
  plan: Pick<DueInSequence['plan'], 'selection' | 'requestId'> & Pick<StartRequest, 'principal'>,
  item: Pick<StartRequest, 'operation' | 'tenantId' | 'connectionId'> & Pick<DueInSequence['item'], 'input'>,
): StartRequest {
  const { sessionId, sourceSurface } = plan.selection;
  return {
    principal: plan.principal,
    operation: item.operation,
    tenantId: item.tenantId,
    connectionId: item.connectionId,
    input: item.input ?? {},
    payloadHash: null,
    link: null,
    idempotency: null,
    context: {
      surface: 'onboarding.bootstrap',
      ...(sessionId !== undefined && { sessionId }),
      ...(sourceSurface !== undefined && { sourceSurface }),
    },
    tags: [],
    requestId: plan.requestId,
  };
}
