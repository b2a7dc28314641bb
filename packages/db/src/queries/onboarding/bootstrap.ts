import type { ReasonCode } from '@signalbox/domain/gate/reasons';
import type { PlanItemOutcome, PlanItemStatus, WaitCause } from '@signalbox/domain/plan/plan-item';
import type { PlanStatus } from '@signalbox/domain/plan/plan-status';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { onboardingSessions } from '../../schema/onboarding.ts';
import { planItems, plans } from '../../schema/plan.ts';
import { type Holder, holderOf, toHolder } from '../gate/scope-holder.ts';
import { runsById } from '../run/get-run.ts';
import type { RunRecord } from '../run/run-record.ts';

/** One operation of a bootstrap: the run it became, what was answered, and what it waits for. */
export interface BootstrapItem {
  /** From 1, in the order in which they are done. */
  readonly position: number;
  readonly operation: string;
  readonly status: PlanItemStatus;
  readonly outcome: PlanItemOutcome | null;
  readonly reason: ReasonCode | null;
  /** The last answer as one plain sentence. */
  readonly message: string | null;
  readonly connectionId: number | null;
  readonly run: RunRecord | null;
  /** Why it waits after it was tried; null while others stand before it. */
  readonly waitCause: WaitCause | null;
  readonly waitSince: Date | null;
  readonly waitUntil: Date | null;
  /** Who holds the scope it waits for, at this moment. */
  readonly holder: Holder | null;
  readonly finishedAt: Date | null;
}

/** How far a bootstrap is. */
export interface BootstrapProgress {
  readonly id: number;
  readonly uid: string;
  readonly status: PlanStatus;
  readonly initiatorName: string;
  readonly abortedBy: string | null;
  readonly abortReason: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly items: readonly BootstrapItem[];
}

/** The newest bootstrap of an onboarding session that the caller has been shown to see; null when it had none. */
export async function newestBootstrap(
  tx: WorkspaceTransaction,
  sessionId: number,
): Promise<BootstrapProgress | null> {
  const [plan] = await tx.query
    .select({
      id: plans.id,
      uid: plans.uid,
      status: plans.status,
      initiatorName: plans.initiatorName,
      abortedBy: plans.abortedBy,
      abortReason: plans.abortReason,
      createdAt: plans.createdAt,
      finishedAt: plans.finishedAt,
    })
    .from(onboardingSessions)
    .innerJoin(
      plans,
      and(eq(plans.workspaceId, onboardingSessions.workspaceId), eq(plans.id, onboardingSessions.planId)),
    )
    .where(and(eq(onboardingSessions.workspaceId, tx.workspaceId), eq(onboardingSessions.id, sessionId)));
  return plan === undefined ? null : { ...plan, items: await itemsOf(tx, plan.id) };
}

async function itemsOf(tx: WorkspaceTransaction, planId: number): Promise<BootstrapItem[]> {
  const rows = await tx.query
    .select({
      position: planItems.position,
      operation: planItems.operation,
      status: planItems.status,
      outcome: planItems.outcome,
      reason: planItems.reason,
      message: planItems.message,
      connectionId: planItems.connectionId,
      runId: planItems.runId,
      waitCause: planItems.waitCause,
      waitSince: planItems.waitSince,
      waitUntil: planItems.waitUntil,
      holder: holderOf(tx, sql`array[${planItems.waitScope}]`),
      finishedAt: planItems.finishedAt,
    })
    .from(planItems)
    .where(and(eq(planItems.workspaceId, tx.workspaceId), eq(planItems.planId, planId)))
    .orderBy(asc(planItems.position));
  const made = rows.flatMap(({ runId }) => (runId === null ? [] : [runId]));
  const records = new Map((await runsById(tx, made)).map((record) => [record.id, record]));
  return rows.map(({ runId, holder, ...row }) => ({
    ...row,
    run: runId === null ? null : (records.get(runId) ?? null),
    holder: row.status !== 'waiting' || holder === null ? null : toHolder(holder),
  }));
}
