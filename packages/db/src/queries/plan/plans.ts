import type { Principal } from '@signalbox/domain/access/principal';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { BulkAction } from '@signalbox/domain/plan/bulk-action';
import type { PlanItemOutcome, StartedItemStatus } from '@signalbox/domain/plan/plan-item';
import { type BulkStatus, type ItemCounts, noItems, planStatus } from '@signalbox/domain/plan/plan-status';
import { and, desc, eq, exists, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';
import { planItems, plans } from '../../schema/plan.ts';

/**
 * A bulk action as its readers see it: counts, status and the runs named are those of the items they may know of. It
 * may thus have ended for one reader while others see it work.
 */
export interface PlanRecord {
  readonly id: number;
  readonly uid: string;
  readonly status: BulkStatus;
  readonly action: BulkAction;
  readonly reason: string | null;
  readonly selection: JsonObject;
  readonly initiatorName: string;
  readonly abortedBy: string | null;
  readonly abortReason: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly counts: ItemCounts;
  /** Items by what was last answered to their work; those not yet tried are absent. */
  readonly outcomes: Readonly<Partial<Record<PlanItemOutcome, number>>>;
}

/** A place in the list: the last row of the page before. */
export interface PlanCursor {
  /** ISO 8601 with the database's full precision. */
  readonly createdAt: string;
  readonly id: number;
}

/** Narrows to items about tenants the caller is entitled to. */
export function itemsVisibleTo(principal: Principal): SQL | undefined {
  if (principal.tenants === 'all') return undefined;
  return or(isNull(planItems.tenantId), sql`${planItems.tenantId} = any (${bigints(principal.tenants)})`);
}

/** Of a bulk action, as a check of the table has it: an action always, a failure as a whole never. */
const columns = {
  id: plans.id,
  uid: plans.uid,
  status: sql<BulkStatus>`${plans.status}`,
  action: sql<BulkAction>`${plans.action}`,
  reason: plans.reason,
  selection: plans.selection,
  initiatorName: plans.initiatorName,
  abortedBy: plans.abortedBy,
  abortReason: plans.abortReason,
  createdAt: plans.createdAt,
  finishedAt: plans.finishedAt,
};

/** A bulk action is visible to whom at least one of its items is. */
function visiblePlans(tx: WorkspaceTransaction, principal: Principal): SQL | undefined {
  const here = and(eq(plans.workspaceId, tx.workspaceId), eq(plans.kind, 'bulk'));
  if (principal.tenants === 'all') return here;
  const visible = tx.query
    .select({ id: planItems.id })
    .from(planItems)
    .where(
      and(
        eq(planItems.workspaceId, tx.workspaceId),
        eq(planItems.planId, plans.id),
        itemsVisibleTo(principal),
      ),
    );
  return and(here, exists(visible));
}

/** The bulk action, or null when it does not exist or the caller may not know that it does. */
export async function getPlan(
  tx: WorkspaceTransaction,
  principal: Principal,
  id: number,
): Promise<PlanRecord | null> {
  const rows = await tx.query
    .select(columns)
    .from(plans)
    .where(and(visiblePlans(tx, principal), eq(plans.id, id)));
  const [record] = await counted(tx, principal, rows);
  return record ?? null;
}

/** A page of bulk actions, newest first, by keyset over (created, id). */
export async function listPlans(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: { readonly cursor: PlanCursor | null; readonly limit: number },
): Promise<(PlanRecord & { readonly exactAt: string })[]> {
  const { cursor } = ask;
  const exactAt = sql<string>`to_char(${plans.createdAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  const beyond =
    cursor === null
      ? undefined
      : sql`(${plans.createdAt}, ${plans.id}) < (${cursor.createdAt}::timestamptz, ${cursor.id}::bigint)`;
  const rows = await tx.query
    .select({ ...columns, exactAt })
    .from(plans)
    .where(and(visiblePlans(tx, principal), beyond))
    .orderBy(desc(plans.createdAt), desc(plans.id))
    .limit(ask.limit);
  return counted(tx, principal, rows);
}

async function counted<TRow extends Pick<PlanRecord, 'id' | 'status' | 'selection'>>(
  tx: WorkspaceTransaction,
  principal: Principal,
  rows: readonly TRow[],
): Promise<(TRow & Pick<PlanRecord, 'counts' | 'outcomes'>)[]> {
  if (rows.length === 0) return [];
  const groups = await tx.query
    .select({
      planId: planItems.planId,
      status: sql<StartedItemStatus>`${planItems.status}`,
      outcome: planItems.outcome,
      count: sql<number>`count(*)::int`,
    })
    .from(planItems)
    .where(
      and(
        eq(planItems.workspaceId, tx.workspaceId),
        inArray(
          planItems.planId,
          rows.map((row) => row.id),
        ),
        itemsVisibleTo(principal),
      ),
    )
    .groupBy(planItems.planId, planItems.status, planItems.outcome);
  const known = principal.tenants === 'all' ? null : await visibleSources(tx, principal, rows);
  return rows.map((row) => {
    const counts: Record<StartedItemStatus, number> = { ...noItems };
    const outcomes: Partial<Record<PlanItemOutcome, number>> = {};
    for (const { planId, status, outcome, count } of groups) {
      if (planId !== row.id) continue;
      counts[status] += count;
      if (outcome !== null) outcomes[outcome] = (outcomes[outcome] ?? 0) + count;
    }
    if (known === null) return { ...row, counts, outcomes };
    const status = row.status === 'working' ? planStatus(counts) : row.status;
    return { ...row, status, selection: narrowed(row.selection, known), counts, outcomes };
  });
}

/** The runs of these bulk actions that the caller may see, by id. */
async function visibleSources(
  tx: WorkspaceTransaction,
  principal: Principal,
  rows: readonly { readonly id: number }[],
): Promise<ReadonlySet<number>> {
  const ids = rows.map((row) => row.id);
  const sources = await tx.query
    .select({ id: sql<string>`${planItems.sourceRunId}` })
    .from(planItems)
    .where(
      and(
        eq(planItems.workspaceId, tx.workspaceId),
        inArray(planItems.planId, ids),
        itemsVisibleTo(principal),
      ),
    );
  return new Set(sources.map(({ id }) => Number(id)));
}

/** The selection without the runs that are not known to the caller. A filter names none of another tenant. */
function narrowed(selection: JsonObject, known: ReadonlySet<number>): JsonObject {
  const { runIds } = selection;
  if (!Array.isArray(runIds)) return selection;
  return { ...selection, runIds: runIds.filter((id) => typeof id === 'number' && known.has(id)) };
}

/** Reads a record back from JSON, as it was kept under an Idempotency-Key. */
export function revivePlanRecord(kept: unknown): PlanRecord {
  const record = kept as PlanRecord & { readonly createdAt: string; readonly finishedAt: string | null };
  return {
    ...record,
    createdAt: new Date(record.createdAt),
    finishedAt: record.finishedAt === null ? null : new Date(record.finishedAt),
  };
}
