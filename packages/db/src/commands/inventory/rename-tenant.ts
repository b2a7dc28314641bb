import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { type TenantRecord, tenantRecord } from '../../queries/inventory/tenants.ts';
import { tenants } from '../../schema/inventory.ts';
import { writeAudit } from '../observability/write-audit.ts';

/** Gives a tenant another name; the one it has changes nothing. Null when there is no such tenant. */
export async function renameTenant(
  db: Database,
  principal: Principal,
  change: { readonly tenantId: number; readonly name: string; readonly requestId: string | null },
): Promise<TenantRecord | null> {
  const { tenantId, name, requestId } = change;
  return db.inWorkspace(principal.workspaceId, async (tx) => {
    // Held, so that two changes are told one after the other.
    await tx.query.execute(
      sql`select from tenants where workspace_id = ${tx.workspaceId} and id = ${tenantId} for no key update`,
    );
    const before = await tenantRecord(tx, { id: tenantId });
    if (before === null || before.name === name) return before;
    await tx.query.update(tenants).set({ name }).where(eq(tenants.id, tenantId));
    await writeAudit(tx, [
      {
        actor: actorOf(principal),
        action: 'tenant.renamed',
        object: { kind: 'tenant', id: String(tenantId) },
        details: { from: before.name, to: name },
        requestId,
      },
    ]);
    return { ...before, name };
  });
}
