import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { interval, recordset } from '../../client/rows.ts';

/** A lease as its holder names it. */
export interface Lease {
  readonly runId: number;
  readonly epoch: number;
}

/** A lease that was still ours and is now longer. */
export interface RenewedLease {
  readonly runId: number;
  readonly cancelRequested: boolean;
}

/** Renews leases on the database's clock. A lease not answered is lost: its holder must write nothing more. */
export async function heartbeat(
  tx: WorkspaceTransaction,
  leases: readonly Lease[],
  leaseMs: number,
): Promise<RenewedLease[]> {
  // Locked in the order in which writes lock runs; another one would deadlock with a write of several.
  const rows = await tx.query.execute<{ id: string; cancelRequested: boolean }>(sql`
    with held as materialized (
      select r.id, w.epoch
      from runs r, ${recordset(leases, 'w ("runId" bigint, epoch int)')}
      where r.workspace_id = ${tx.workspaceId} and r.id = w."runId"
        and r.lease_epoch = w.epoch and r.status = 'running'
      order by r.id
      for update of r)
    update runs r set lease_expires_at = now() + ${interval(leaseMs)}, heartbeat_at = now()
    from held
    where r.workspace_id = ${tx.workspaceId} and r.id = held.id
      and r.lease_epoch = held.epoch and r.status = 'running'
    returning r.id, r.cancel_requested_at is not null as "cancelRequested"`);
  return rows.map((row) => ({ runId: Number(row.id), cancelRequested: row.cancelRequested }));
}
