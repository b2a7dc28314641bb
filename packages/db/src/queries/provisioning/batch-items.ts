import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { ReasonCode } from '@signalbox/domain/gate/reasons';
import type { PlanItemStatus, WaitCause } from '@signalbox/domain/plan/plan-item';
import type { RunStatus } from '@signalbox/domain/run/lifecycle';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';
import { type Holder, type HolderRow, holderOf, toHolder } from '../gate/scope-holder.ts';

/** One operation of a batch. */
export interface BatchItemRecord {
  readonly id: number;
  readonly key: string;
  readonly position: number;
  readonly operation: string;
  readonly input: JsonObject;
  readonly status: PlanItemStatus;
  readonly reason: ReasonCode | null;
  readonly message: string | null;
  readonly connection: { readonly id: number; readonly label: string } | null;
  readonly run: {
    readonly id: number;
    readonly uid: string;
    readonly codename: string;
    readonly status: RunStatus;
    /** Share of the work done, 0 to 1, where it is known. */
    readonly progress: number | null;
    readonly startedAt: Date | null;
  } | null;
  /** Keys of the items that must be done before it. */
  readonly needs: readonly string[];
  /** Key of the item that failed, for one that was left out behind it. */
  readonly because: string | null;
  readonly waitCause: WaitCause | null;
  readonly waitSince: Date | null;
  readonly waitUntil: Date | null;
  /** Who holds the scope it waits for, at this moment. */
  readonly holder: Holder | null;
  readonly finishedAt: Date | null;
  /** What its run changed, and how much of that was taken back. */
  readonly changes: { readonly total: number; readonly undone: number };
}

type Row = Omit<BatchItemRecord, 'id' | 'run' | 'waitSince' | 'waitUntil' | 'holder' | 'finishedAt'> & {
  id: string;
  planId: string;
  run: (Omit<NonNullable<BatchItemRecord['run']>, 'startedAt'> & { startedAt: string | null }) | null;
  waitSince: string | null;
  waitUntil: string | null;
  holder: HolderRow | null;
  finishedAt: string | null;
};

/** The operations of batches, each batch's in the order they were given. */
export async function batchItems(
  tx: WorkspaceTransaction,
  planIds: readonly number[],
): Promise<ReadonlyMap<number, readonly BatchItemRecord[]>> {
  const rows = await tx.query.execute<Row & Record<string, unknown>>(sql`
    select i.id, i.plan_id as "planId", i.key, i.position, i.operation, i.input, i.status, i.reason, i.message,
      case when c.id is not null then jsonb_build_object('id', c.id, 'label', c.label) end as connection,
      case when r.id is not null then jsonb_build_object('id', r.id, 'uid', r.uid, 'codename', r.codename,
        'status', r.status, 'progress', r.progress, 'startedAt', r.started_at) end as run,
      coalesce((select jsonb_agg(n.key order by n.position) from plan_edges e
        join plan_items n on n.workspace_id = e.workspace_id and n.id = e.needs
        where e.workspace_id = i.workspace_id and e.plan_id = i.plan_id and e.item = i.id), '[]') as needs,
      (select b.key from plan_items b where b.workspace_id = i.workspace_id and b.id = i.because_item_id) as because,
      i.wait_cause as "waitCause", i.wait_since as "waitSince", i.wait_until as "waitUntil",
      case when i.status = 'waiting' and i.wait_scope is not null then ${holderOf(tx, sql`array[i.wait_scope]`)} end as holder,
      i.finished_at as "finishedAt",
      (select jsonb_build_object('total', count(*), 'undone', count(g.undone_by_run_id)) from resource_changes g
        where g.workspace_id = i.workspace_id and g.run_id = i.run_id) as changes
    from plan_items i
    left join connections c on c.workspace_id = i.workspace_id and c.id = i.connection_id
    left join runs r on r.workspace_id = i.workspace_id and r.id = i.run_id
    where i.workspace_id = ${tx.workspaceId} and i.plan_id = any (${bigints(planIds)})
    order by i.plan_id, i.position`);
  const items = new Map<number, BatchItemRecord[]>();
  for (const row of rows) {
    const { planId, holder, ...rest } = row;
    const record = { ...reviveItem(rest), holder: holder === null ? null : toHolder(holder) };
    const known = items.get(Number(planId));
    if (known === undefined) items.set(Number(planId), [record]);
    else known.push(record);
  }
  return items;
}

/** Reads an item back from JSON. */
export function reviveItem(kept: object): BatchItemRecord {
  const item = kept as Omit<Row, 'planId' | 'holder'> & { holder?: Holder | null };
  const { run, holder } = item;
  const date = (at: string | null): Date | null => (at === null ? null : new Date(at));
  return {
    ...item,
    id: Number(item.id),
    run: run === null ? null : { ...run, startedAt: date(run.startedAt) },
    waitSince: date(item.waitSince),
    waitUntil: date(item.waitUntil),
    holder: holder ? { ...holder, since: new Date(holder.since) } : null,
    finishedAt: date(item.finishedAt),
  };
}
