import { afterRun } from '@signalbox/domain/plan/succession';
import type { RunStatus } from '@signalbox/domain/run/lifecycle';
import type { SafeError } from '@signalbox/domain/run/safe-error';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints, recordset } from '../../client/rows.ts';
import { enqueuePlans } from './enqueue-plans.ts';
import { goOn } from './sequence.ts';

interface Ended extends Record<string, unknown> {
  readonly itemId: string;
  readonly planId: string;
  readonly runId: string;
  readonly status: RunStatus;
  readonly error: SafeError | null;
}

/**
 * Settles the items that waited for the end of these runs, as far as they have ended, and goes on with their plans, in
 * the transaction that ended the runs. The caller holds the lock of the runs.
 */
export async function endItems(tx: WorkspaceTransaction, runIds: readonly number[]): Promise<void> {
  const ended = await tx.query.execute<Ended>(sql`
    select i.id as "itemId", i.plan_id as "planId", r.id as "runId", r.status, r.safe_error as error
    from plan_items i join runs r on r.workspace_id = i.workspace_id and r.id = i.run_id
    where i.workspace_id = ${tx.workspaceId} and i.run_id = any (${bigints(runIds)}) and i.status = 'admitted'
      and r.finished_at is not null`);
  if (ended.length === 0) return;
  const planIds = [...new Set(ended.map(({ planId }) => Number(planId)))].sort((a, b) => a - b);
  await tx.query.execute(sql`
    select id from plans where workspace_id = ${tx.workspaceId} and id = any (${bigints(planIds)})
    order by id for no key update`);
  await tx.query.execute(sql`
    update plan_items i set status = w.status, reason = w.reason, message = w.message, finished_at = now()
    from ${recordset(ended.map(settled), 'w (id bigint, status text, reason text, message text)')}
    where i.workspace_id = ${tx.workspaceId} and i.id = w.id and i.status = 'admitted'`);
  const due: number[] = [];
  for (const planId of planIds) if ((await goOn(tx, planId)) !== null) due.push(planId);
  await enqueuePlans(tx, due);
}

function settled({ itemId, runId, status, error }: Ended) {
  const ending = afterRun(status, error?.code ?? null);
  const message =
    ending.status === 'done'
      ? `Run ${runId} has succeeded.`
      : `Run ${runId} ended ${status}. ${error?.message ?? ''}`;
  return { id: Number(itemId), ...ending, message: message.trim() };
}
