import type { Principal } from '@signalbox/domain/access/principal';
import type { ReasonCode } from '@signalbox/domain/gate/reasons';
import type { PlanItemOutcome, StartedItemStatus, WaitCause } from '@signalbox/domain/plan/plan-item';
import type { RunStatus } from '@signalbox/domain/run/lifecycle';
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { tenants } from '../../schema/inventory.ts';
import { planItems } from '../../schema/plan.ts';
import { runs } from '../../schema/run.ts';
import { type Holder, holderOf, toHolder } from '../gate/scope-holder.ts';
import { itemsVisibleTo } from './plans.ts';

/** One item of a bulk action: the run it is about, what was answered, and what it waits for. */
export interface PlanItemRecord {
  readonly position: number;
  readonly operation: string;
  readonly tenant: { readonly id: number; readonly externalId: string; readonly name: string } | null;
  readonly source: { readonly id: number; readonly codename: string; readonly status: RunStatus };
  readonly status: StartedItemStatus;
  readonly outcome: PlanItemOutcome | null;
  readonly reason: ReasonCode | null;
  readonly message: string | null;
  readonly connectionId: number | null;
  readonly run: { readonly id: number; readonly codename: string; readonly status: RunStatus } | null;
  readonly waitCause: WaitCause | null;
  readonly waitSince: Date | null;
  readonly waitUntil: Date | null;
  /** Who holds the scope it waits for, at this moment. */
  readonly holder: Holder | null;
  readonly finishedAt: Date | null;
}

/** Which items to list. Every field narrows; an absent one does not. */
export interface PlanItemFilter {
  readonly statuses?: readonly StartedItemStatus[] | undefined;
  readonly outcomes?: readonly PlanItemOutcome[] | undefined;
}

/** Items of a bulk action after a position, in order. The caller has already been shown to see the bulk action. */
export async function listPlanItems(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: {
    readonly planId: number;
    readonly filter: PlanItemFilter;
    readonly after: number;
    readonly limit: number;
  },
): Promise<PlanItemRecord[]> {
  const { statuses, outcomes } = ask.filter;
  const source = alias(runs, 'source');
  const made = alias(runs, 'made');
  const rows = await tx.query
    .select({
      position: planItems.position,
      operation: planItems.operation,
      tenant: { id: tenants.id, externalId: tenants.externalId, name: tenants.name },
      source: { id: source.id, codename: source.codename, status: source.status },
      // An item of a bulk action never waits for the end of its run.
      status: sql<StartedItemStatus>`${planItems.status}`,
      outcome: planItems.outcome,
      reason: planItems.reason,
      message: planItems.message,
      connectionId: planItems.connectionId,
      run: { id: made.id, codename: made.codename, status: made.status },
      waitCause: planItems.waitCause,
      waitSince: planItems.waitSince,
      waitUntil: planItems.waitUntil,
      holder: holderOf(tx, sql`array[${planItems.waitScope}]`),
      finishedAt: planItems.finishedAt,
    })
    .from(planItems)
    .innerJoin(source, and(eq(source.workspaceId, tx.workspaceId), eq(source.id, planItems.sourceRunId)))
    .leftJoin(tenants, and(eq(tenants.workspaceId, tx.workspaceId), eq(tenants.id, planItems.tenantId)))
    .leftJoin(made, and(eq(made.workspaceId, tx.workspaceId), eq(made.id, planItems.runId)))
    .where(
      and(
        eq(planItems.workspaceId, tx.workspaceId),
        eq(planItems.planId, ask.planId),
        itemsVisibleTo(principal),
        statuses && inArray(planItems.status, [...statuses]),
        outcomes && inArray(planItems.outcome, [...outcomes]),
        gt(planItems.position, ask.after),
      ),
    )
    .orderBy(asc(planItems.position))
    .limit(ask.limit);
  return rows.map(({ holder, ...row }) => ({
    ...row,
    holder: row.status !== 'waiting' || holder === null ? null : toHolder(holder),
  }));
}
