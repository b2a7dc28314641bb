import type { PlanKind } from '@signalbox/domain/plan/plan-status';
import { afterRun } from '@signalbox/domain/plan/succession';
import type { RunStatus } from '@signalbox/domain/run/lifecycle';
import type { SafeError } from '@signalbox/domain/run/safe-error';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints, recordset } from '../../client/rows.ts';
import { appendPlanEvents } from './append-plan-events.ts';
import { goOnBatch } from './batch.ts';
import { goOn } from './sequence.ts';

interface Ended extends Record<string, unknown> {
  readonly itemId: string;
  readonly planId: string;
  readonly key: string;
  readonly operation: string;
  readonly runId: string;
  readonly runUid: string;
  readonly status: RunStatus;
  readonly error: SafeError | null;
}

/** A batch whose undoing has ended. */
interface Undone extends Record<string, unknown> {
  readonly planId: string;
  readonly runUid: string;
  readonly status: RunStatus;
}

/**
 * Settles the items that waited for the end of these runs, as far as they have ended, and goes on with their plans, in
 * the transaction that ended the runs; so does the end of an undoing with its batch. The caller holds the lock of the
 * runs. Answers the plans for which there is something to be done now, and the caller wakes them: with all others it
 * wakes and behind every lock of a plan, since the order of locks is run, plan, job.
 */
export async function endItems(tx: WorkspaceTransaction, runIds: readonly number[]): Promise<number[]> {
  const ended = await tx.query.execute<Ended>(sql`
    select i.id as "itemId", i.plan_id as "planId", i.key, i.operation, r.id as "runId", r.uid as "runUid", r.status,
      r.safe_error as error
    from plan_items i join runs r on r.workspace_id = i.workspace_id and r.id = i.run_id
    where i.workspace_id = ${tx.workspaceId} and i.run_id = any (${bigints(runIds)}) and i.status = 'admitted'
      and r.finished_at is not null`);
  const undone = await tx.query.execute<Undone>(sql`
    select p.id as "planId", r.uid as "runUid", r.status
    from plans p join runs r on r.workspace_id = p.workspace_id and r.id = p.undo_run_id
    where p.workspace_id = ${tx.workspaceId} and p.undo_run_id = any (${bigints(runIds)}) and p.status = 'working'
      and r.finished_at is not null`);
  if (ended.length === 0 && undone.length === 0) return [];
  const ids = new Set([...ended, ...undone].map(({ planId }) => Number(planId)));
  const plans = await tx.query.execute<{ id: string; kind: PlanKind }>(sql`
    select id, kind from plans where workspace_id = ${tx.workspaceId} and id = any (${bigints([...ids])})
    order by id for no key update`);
  await tx.query.execute(sql`
    update plan_items i set status = w.status, reason = w.reason, message = w.message, finished_at = now()
    from ${recordset(ended.map(settled), 'w (id bigint, status text, reason text, message text)')}
    where i.workspace_id = ${tx.workspaceId} and i.id = w.id and i.status = 'admitted'`);
  const due: number[] = [];
  for (const { id, kind } of plans) {
    if (kind === 'batch') await tellBatch(tx, Number(id), { ended, undone });
    if (await goesOn(tx, Number(id), kind)) due.push(Number(id));
  }
  return due;
}

/** Whether there is something to be done for a plan now. */
async function goesOn(tx: WorkspaceTransaction, planId: number, kind: PlanKind): Promise<boolean> {
  if (kind !== 'batch') return (await goOn(tx, planId)) !== null;
  const due = await goOnBatch(tx, planId);
  return due !== null && (due.undo || due.items.length > 0);
}

async function tellBatch(
  tx: WorkspaceTransaction,
  planId: number,
  { ended, undone }: { readonly ended: readonly Ended[]; readonly undone: readonly Undone[] },
): Promise<void> {
  const items = ended.filter((each) => Number(each.planId) === planId);
  await appendPlanEvents(tx, planId, [
    ...items.map((item) => {
      const { status, reason, message } = settled(item);
      const { key, operation, runUid } = item;
      const told = { key, operation, from: 'admitted', to: status, runUid, message } as const;
      return { kind: 'item', data: { ...told, ...(reason !== null && { reason }) } } as const;
    }),
    ...undone
      .filter((each) => Number(each.planId) === planId)
      .map(({ status, runUid }) => {
        const state = status === 'succeeded' ? 'succeeded' : 'failed';
        return { kind: 'undoing', data: { state, runUid } } as const;
      }),
  ]);
}

function settled({ itemId, runId, status, error }: Ended) {
  const ending = afterRun(status, error?.code ?? null);
  const message =
    ending.status === 'done'
      ? `Run ${runId} has succeeded.`
      : `Run ${runId} ended ${status}. ${error?.message ?? ''}`;
  return { id: Number(itemId), ...ending, message: message.trim() };
}
