import type { Actor } from '@signalbox/domain/access/principal';
import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { requestCancel } from '../run/request-cancel.ts';

/**
 * Asks what still runs of a cancelled batch to stop. Each run in a transaction of its own, since the lock of a run comes
 * before that of its batch; one that was asked already is left alone, so whoever comes again does what is left.
 */
export async function cancelBatchRuns(
  db: Database,
  workspaceId: string,
  cancel: {
    readonly planId: number;
    readonly actor: Actor;
    readonly reason: string | null;
    readonly requestId: string | null;
  },
): Promise<void> {
  const { planId, actor, reason, requestId } = cancel;
  const rows = await db.inWorkspace(workspaceId, (tx) =>
    tx.query.execute<{ runId: string }>(sql`
      select i.run_id as "runId" from plan_items i
      join runs r on r.workspace_id = i.workspace_id and r.id = i.run_id
      where i.workspace_id = ${tx.workspaceId} and i.plan_id = ${planId} and i.status = 'admitted'
        and r.cancel_requested_at is null and r.finished_at is null
      order by i.position`),
  );
  for (const { runId } of rows) {
    const request = { runId: Number(runId), actor, reason, requestId };
    await db.inWorkspace(workspaceId, (tx) => requestCancel(tx, request));
  }
}
