import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';

/** How many managed devices were in which state. */
export interface CountedDevices {
  readonly tenantId: number;
  readonly runId: number;
  readonly devices: number;
  readonly states: Readonly<Record<string, number>>;
}

/** Keeps what a run counted; once for each run. */
export async function keepComplianceSnapshot(
  tx: WorkspaceTransaction,
  counted: CountedDevices,
): Promise<void> {
  const { tenantId, runId, devices, states } = counted;
  await tx.query.execute(sql`
    insert into compliance_snapshots (workspace_id, tenant_id, run_id, devices, states)
    values (${tx.workspaceId}, ${tenantId}, ${runId}, ${devices}, ${JSON.stringify(states)}::jsonb)
    on conflict (workspace_id, run_id) do nothing`);
}
