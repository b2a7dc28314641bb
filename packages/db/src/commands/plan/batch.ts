import type { ReasonCode } from '@signalbox/domain/gate/reasons';
import type { PlanItemStatus } from '@signalbox/domain/plan/plan-item';
import {
  type BatchItem,
  type BatchProgress,
  batchProgress,
} from '@signalbox/domain/provisioning/batch-progress';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { recordset } from '../../client/rows.ts';
import type { Initiator } from '../../queries/access/initiator-now.ts';
import { appendPlanEvents } from './append-plan-events.ts';
import { endBatch } from './end-batch.ts';

/** One operation of a batch, as far as going on with it takes. */
export interface OpenBatchItem extends BatchItem {
  readonly key: string;
  readonly operation: string;
  readonly connectionId: number | null;
  readonly reason: ReasonCode | null;
  readonly runId: number | null;
}

/** A batch that has not ended. */
export interface OpenBatch {
  readonly id: number;
  readonly uid: string;
  readonly name: string;
  readonly initiator: Initiator;
  readonly requestId: string | null;
  readonly parallelLimit: number;
  readonly rollbackEnabled: boolean;
  /** Who asked for its end; null when nobody has. */
  readonly cancelledBy: string | null;
  readonly cancelReason: string | null;
  readonly undoing: 'none' | 'active' | 'ended';
  readonly items: readonly OpenBatchItem[];
}

/**
 * The batch under its lock; null when it has ended. Whoever changes one of its items takes this lock first, after that
 * of the run whose end brings the change about and before every other.
 */
export async function lockBatch(tx: WorkspaceTransaction, planId: number): Promise<OpenBatch | null> {
  const [plan] = await tx.query.execute<Omit<OpenBatch, 'id' | 'initiator' | 'items'> & InitiatorColumns>(sql`
    select p.uid, p.name, p.initiator_user_id as "userId", p.initiator_name as username, p.initiator_key_id as "keyId",
      p.request_id as "requestId", p.parallel_limit as "parallelLimit", p.rollback_enabled as "rollbackEnabled",
      p.aborted_by as "cancelledBy", p.abort_reason as "cancelReason",
      case when p.undo_problem is not null then 'ended' when p.undo_run_id is null then 'none'
        when (select r.finished_at is not null from runs r
          where r.workspace_id = p.workspace_id and r.id = p.undo_run_id) then 'ended' else 'active' end as undoing
    from plans p
    where p.workspace_id = ${tx.workspaceId} and p.id = ${planId} and p.kind = 'batch' and p.status = 'working'
    for no key update of p`);
  if (plan === undefined) return null;
  const { userId, username, keyId, ...rest } = plan;
  const initiator = { userId: userId === null ? null : Number(userId), username, keyId };
  // A statement of its own: only now is seen what whoever held the lock before has written.
  return { ...rest, id: planId, initiator, items: await itemsOf(tx, planId) };
}

interface InitiatorColumns extends Record<string, unknown> {
  readonly userId: string | null;
  readonly username: string;
  readonly keyId: string | null;
}

interface ItemRow extends Record<string, unknown> {
  readonly id: string;
  readonly key: string;
  readonly operation: string;
  readonly status: PlanItemStatus;
  readonly connectionId: string | null;
  readonly reason: ReasonCode | null;
  readonly runId: string | null;
  readonly needs: readonly number[];
  readonly held: boolean;
}

async function itemsOf(tx: WorkspaceTransaction, planId: number): Promise<OpenBatchItem[]> {
  const rows = await tx.query.execute<ItemRow>(sql`
    select i.id, i.key, i.operation, i.status, i.connection_id as "connectionId", i.reason, i.run_id as "runId",
      coalesce((select jsonb_agg(e.needs) from plan_edges e
        where e.workspace_id = i.workspace_id and e.plan_id = i.plan_id and e.item = i.id), '[]') as needs,
      i.status = 'waiting' and case i.wait_cause
        when 'throttled' then i.wait_until > now()
        when 'scope_busy' then exists (select from scope_claims c
          where c.workspace_id = i.workspace_id and c.scope_key = i.wait_scope)
        else false end as held
    from plan_items i
    where i.workspace_id = ${tx.workspaceId} and i.plan_id = ${planId} order by i.position`);
  const number = (id: string | null) => (id === null ? null : Number(id));
  return rows.map((row) => ({
    ...row,
    id: Number(row.id),
    connectionId: number(row.connectionId),
    runId: number(row.runId),
  }));
}

/** What a batch does next, by how it stands. */
export function progressOf(batch: OpenBatch): BatchProgress<OpenBatchItem> {
  return batchProgress({ ...batch, cancelled: batch.cancelledBy !== null });
}

/** A batch that has not ended, with what is to be done for it now. */
export interface DueInBatch {
  readonly batch: OpenBatch;
  /** To be tried now; none where it only waits. */
  readonly items: readonly OpenBatchItem[];
  /** Whether what it has done is to be undone now. */
  readonly undo: boolean;
}

/**
 * Draws the consequences of whatever has changed in a batch, in the transaction of the change: what stands behind a
 * failure is left out and told why, and a batch with nothing left to do is closed. Answers what is to be done now; null
 * when it has ended.
 */
export async function goOnBatch(tx: WorkspaceTransaction, planId: number): Promise<DueInBatch | null> {
  const batch = await lockBatch(tx, planId);
  if (batch === null) return null;
  const { admit, skip, stage } = progressOf(batch);
  if (skip.length > 0) await leaveOut(tx, batch, skip);
  if (stage.kind === 'ended') {
    await endBatch(tx, batch, stage.status);
    return null;
  }
  return { batch, items: admit, undo: stage.kind === 'undo_due' };
}

async function leaveOut(
  tx: WorkspaceTransaction,
  batch: OpenBatch,
  skip: BatchProgress<OpenBatchItem>['skip'],
): Promise<void> {
  const rows = skip.map(({ item, because }) => ({
    id: item.id,
    because: because.id,
    message: `Not begun, since ${because.key} before it did not succeed.`,
  }));
  await tx.query.execute(sql`
    update plan_items i set status = 'skipped', reason = 'earlier_failed', because_item_id = w.because,
      message = w.message, finished_at = now()
    from ${recordset(rows, 'w (id bigint, because bigint, message text)')}
    where i.workspace_id = ${tx.workspaceId} and i.id = w.id and i.status = 'waiting'`);
  await appendPlanEvents(
    tx,
    batch.id,
    skip.map(({ item, because }, index) => ({
      kind: 'item',
      data: {
        key: item.key,
        operation: item.operation,
        from: 'waiting',
        to: 'skipped',
        message: rows[index]?.message ?? '',
        because: because.key,
      },
    })),
  );
}
