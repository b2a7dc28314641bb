import { and, desc, eq, lt } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { complianceSnapshots } from '../../schema/inventory.ts';

/** How many managed devices were in which state, as one run counted them. */
export type ComplianceRow = Awaited<ReturnType<typeof listComplianceSnapshots>>[number];

/** Compliance snapshots of a tenant, newest first. `before` is the id the page before ended with. */
export async function listComplianceSnapshots(
  tx: WorkspaceTransaction,
  tenantId: number,
  ask: { readonly before: number | null; readonly limit: number },
) {
  return tx.query
    .select({
      id: complianceSnapshots.id,
      runId: complianceSnapshots.runId,
      devices: complianceSnapshots.devices,
      states: complianceSnapshots.states,
      createdAt: complianceSnapshots.createdAt,
    })
    .from(complianceSnapshots)
    .where(
      and(
        eq(complianceSnapshots.workspaceId, tx.workspaceId),
        eq(complianceSnapshots.tenantId, tenantId),
        ask.before === null ? undefined : lt(complianceSnapshots.id, ask.before),
      ),
    )
    .orderBy(desc(complianceSnapshots.id))
    .limit(ask.limit);
}
