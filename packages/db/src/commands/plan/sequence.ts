import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { ReasonCode } from '@signalbox/domain/gate/reasons';
import { becauseOf } from '@signalbox/domain/onboarding/describe-bootstrap';
import type { PlanItemStatus, WaitCause } from '@signalbox/domain/plan/plan-item';
import { type Succession, succession } from '@signalbox/domain/plan/succession';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';
import type { Initiator } from '../../queries/access/initiator-now.ts';
import { planItems, plans } from '../../schema/plan.ts';
import { endBootstrap } from '../onboarding/end-bootstrap.ts';

/** One operation of a sequence. */
export interface SequenceItem {
  readonly id: number;
  readonly operation: string;
  readonly tenantId: number | null;
  readonly connectionId: number | null;
  readonly input: JsonObject | null;
  readonly status: PlanItemStatus;
  readonly reason: ReasonCode | null;
  readonly run: { readonly id: number } | null;
  readonly waitCause: WaitCause | null;
}

/** Work that is done one after the other and has not ended. */
export interface OpenSequence {
  readonly id: number;
  /** What was chosen, and where it was asked. */
  readonly selection: JsonObject;
  readonly initiator: Initiator;
  readonly requestId: string | null;
  readonly items: readonly SequenceItem[];
}

/**
 * The sequence under its lock; null when it has ended. Whoever changes one of its items takes this lock first, after
 * that of the run whose end brings the change about and before every other.
 */
export async function lockSequence(tx: WorkspaceTransaction, planId: number): Promise<OpenSequence | null> {
  const [plan] = await tx.query
    .select({
      id: plans.id,
      selection: plans.selection,
      initiator: {
        userId: plans.initiatorUserId,
        username: plans.initiatorName,
        keyId: plans.initiatorKeyId,
      },
      requestId: plans.requestId,
    })
    .from(plans)
    .where(and(eq(plans.workspaceId, tx.workspaceId), eq(plans.id, planId), eq(plans.status, 'working')))
    .for('no key update');
  return plan === undefined ? null : { ...plan, items: await itemsOf(tx, planId) };
}

async function itemsOf(tx: WorkspaceTransaction, planId: number): Promise<SequenceItem[]> {
  const rows = await tx.query
    .select({
      id: planItems.id,
      operation: planItems.operation,
      tenantId: planItems.tenantId,
      connectionId: planItems.connectionId,
      input: planItems.input,
      status: planItems.status,
      reason: planItems.reason,
      runId: planItems.runId,
      waitCause: planItems.waitCause,
    })
    .from(planItems)
    .where(and(eq(planItems.workspaceId, tx.workspaceId), eq(planItems.planId, planId)))
    .orderBy(asc(planItems.position));
  return rows.map(({ runId, ...row }) => ({ ...row, run: runId === null ? null : { id: runId } }));
}

/** A sequence that goes on with an item. */
export interface DueInSequence {
  readonly plan: OpenSequence;
  readonly item: SequenceItem;
}

/**
 * Draws the consequences of whatever has changed in a sequence, in the transaction of the change: those behind a
 * failure are left out and told why, and a sequence with nothing left to do is closed. Answers what is to be tried now
 * or as soon as what it waits for is over; null when nothing is.
 */
export async function goOn(tx: WorkspaceTransaction, planId: number): Promise<DueInSequence | null> {
  const plan = await lockSequence(tx, planId);
  if (plan === null) return null;
  const next = succession(plan.items);
  switch (next.kind) {
    case 'due':
      return { plan, item: next.item };
    case 'under_way':
      return null;
    case 'stopped':
      await skip(tx, next);
      return goOn(tx, planId);
    case 'ended':
      await tx.query.execute(sql`
        update plans set status = ${next.status}, finished_at = now(), advanced_at = now()
        where workspace_id = ${tx.workspaceId} and id = ${planId}`);
      await endBootstrap(tx, { plan, status: next.status });
      return null;
  }
}

async function skip(
  tx: WorkspaceTransaction,
  { because, skip: behind }: Extract<Succession<SequenceItem>, { kind: 'stopped' }>,
): Promise<void> {
  const ids = behind.map(({ id }) => id);
  await tx.query.execute(sql`
    update plan_items set status = 'skipped', reason = 'earlier_failed', message = ${becauseOf(because)},
      finished_at = now()
    where workspace_id = ${tx.workspaceId} and id = any (${bigints(ids)})`);
}
