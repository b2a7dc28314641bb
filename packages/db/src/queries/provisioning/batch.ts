import type { PlanStatus } from '@signalbox/domain/plan/plan-status';
import type { BatchItemStatus } from '@signalbox/domain/provisioning/batch-operation';
import type { RunStatus } from '@signalbox/domain/run/lifecycle';
import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';
import { plans } from '../../schema/plan.ts';
import { type BatchItemRecord, batchItems, reviveItem } from './batch-items.ts';

/** A run as a batch names it. */
export interface BatchRun {
  readonly id: number;
  readonly uid: string;
  readonly codename: string;
  readonly status: RunStatus;
}

/** A batch in a list. Provisioning belongs to no tenant, so every member sees it. */
export interface BatchRecord {
  readonly id: number;
  readonly uid: string;
  readonly name: string;
  readonly version: string;
  readonly storageBackend: string;
  readonly status: PlanStatus;
  readonly parallelLimit: number;
  readonly rollbackEnabled: boolean;
  readonly infras: readonly string[];
  readonly initiatorName: string;
  readonly abortedBy: string | null;
  readonly abortReason: string | null;
  readonly parentUid: string | null;
  /** The run that undoes what it has done; null before, and where nothing is undone. */
  readonly undoRun: BatchRun | null;
  readonly undoProblem: string | null;
  /** A batch that tries its rest again and has not failed. */
  readonly retriedBy: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly counts: Readonly<Partial<Record<BatchItemStatus, number>>>;
}

/** A batch with its operations, in the order they were given. */
export interface BatchDetail extends BatchRecord {
  readonly items: readonly BatchItemRecord[];
}

function columns(tx: WorkspaceTransaction) {
  // Written out with the table: within a query of their own the columns would be those of the inner table.
  const here = sql`i.workspace_id = ${tx.workspaceId} and i.plan_id = plans.id`;
  return {
    id: plans.id,
    uid: plans.uid,
    name: sql<string>`${plans.name}`,
    version: sql<string>`${plans.selection} ->> 'version'`,
    storageBackend: sql<string>`${plans.selection} ->> 'storageBackend'`,
    status: plans.status,
    parallelLimit: sql<number>`${plans.parallelLimit}`,
    rollbackEnabled: sql<boolean>`${plans.rollbackEnabled}`,
    infras: sql<
      string[]
    >`(select coalesce(jsonb_agg(distinct i.input ->> 'infra'), '[]') from plan_items i where ${here})`,
    initiatorName: plans.initiatorName,
    abortedBy: plans.abortedBy,
    abortReason: plans.abortReason,
    parentUid: sql<string | null>`(select o.uid from plans o
      where o.workspace_id = ${tx.workspaceId} and o.id = plans.parent_plan_id)`,
    undoRun: sql<BatchRun | null>`(
      select jsonb_build_object('id', r.id, 'uid', r.uid, 'codename', r.codename, 'status', r.status) from runs r
      where r.workspace_id = ${tx.workspaceId} and r.id = plans.undo_run_id)`,
    undoProblem: plans.undoProblem,
    retriedBy: sql<string | null>`(select child.uid from plans child
      where child.workspace_id = ${tx.workspaceId} and child.kind = 'batch' and child.parent_plan_id = plans.id
        and child.status in ('working', 'completed') order by child.id desc limit 1)`,
    createdAt: plans.createdAt,
    finishedAt: plans.finishedAt,
    counts: sql<BatchRecord['counts']>`(
      select coalesce(jsonb_object_agg(word, items), '{}') from (
        select ${itemWord} as word, count(*)::int as items from plan_items i where ${here} group by 1) as g)`,
  };
}

/** How an item stands in the words of a batch; `batchItemStatus` of the domain says the same. */
const itemWord: SQL = sql`case i.status when 'admitted' then 'running' when 'done' then 'completed'
  when 'aborted' then 'cancelled' when 'failed' then case i.reason when 'cancelled' then 'cancelled' else 'failed' end
  else i.status end`;

/** One batch by its uuid; null when the workspace has none. */
export async function getBatch(tx: WorkspaceTransaction, uid: string): Promise<BatchDetail | null> {
  const [batch] = await tx.query
    .select(columns(tx))
    .from(plans)
    .where(and(eq(plans.workspaceId, tx.workspaceId), eq(plans.kind, 'batch'), eq(plans.uid, uid)));
  if (batch === undefined) return null;
  const items = await batchItems(tx, [batch.id]);
  return { ...batch, items: items.get(batch.id) ?? [] };
}

/** A page of batches, newest first, by keyset over (created, id). */
export async function listBatches(
  tx: WorkspaceTransaction,
  ask: {
    readonly statuses?: readonly PlanStatus[] | undefined;
    readonly cursor: { readonly createdAt: string; readonly id: number } | null;
    readonly limit: number;
  },
): Promise<(BatchRecord & { readonly exactAt: string })[]> {
  const { statuses, cursor, limit } = ask;
  const exactAt = sql<string>`to_char(${plans.createdAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  return tx.query
    .select({ ...columns(tx), exactAt })
    .from(plans)
    .where(
      and(
        eq(plans.workspaceId, tx.workspaceId),
        eq(plans.kind, 'batch'),
        statuses && inArray(plans.status, [...statuses]),
        cursor === null
          ? undefined
          : sql`(${plans.createdAt}, ${plans.id}) < (${cursor.createdAt}::timestamptz, ${cursor.id}::bigint)`,
      ),
    )
    .orderBy(desc(plans.createdAt), desc(plans.id))
    .limit(limit);
}

/** The operations of some batches, as the contract lists them: how each stands and how far it is. */
export interface BatchItemState {
  readonly planId: number;
  readonly key: string;
  readonly status: BatchItemStatus;
  readonly runStatus: RunStatus | null;
  /** Share of the work done, 0 to 1. */
  readonly progress: number | null;
}

export async function batchItemStates(
  tx: WorkspaceTransaction,
  planIds: readonly number[],
): Promise<BatchItemState[]> {
  const rows = await tx.query.execute<{ planId: string } & Record<string, unknown>>(sql`
    select i.plan_id as "planId", i.key, ${itemWord} as status, r.status as "runStatus", r.progress
    from plan_items i left join runs r on r.workspace_id = i.workspace_id and r.id = i.run_id
    where i.workspace_id = ${tx.workspaceId} and i.plan_id = any (${bigints(planIds)})
    order by i.plan_id, i.position`);
  return rows.map((row) => ({ ...(row as unknown as BatchItemState), planId: Number(row.planId) }));
}

/** Reads a batch back from JSON, as it was kept under an Idempotency-Key. */
export function reviveBatch(kept: unknown): BatchDetail {
  const batch = kept as BatchDetail & { readonly createdAt: string; readonly finishedAt: string | null };
  return {
    ...batch,
    createdAt: new Date(batch.createdAt),
    finishedAt: batch.finishedAt === null ? null : new Date(batch.finishedAt),
    items: batch.items.map(reviveItem),
  };
}
