import type { Database } from '../../client/database.ts';
import { tenants } from '../../schema/inventory.ts';
import { writeAudit } from '../observability/write-audit.ts';

/** Adds a managed environment to a workspace. Answers its id, or null when the external id is taken. */
export async function createTenant(
  db: Database,
  workspaceId: string,
  tenant: { readonly externalId: string; readonly name: string; readonly by: string },
): Promise<number | null> {
  return db.inWorkspace(workspaceId, async (tx) => {
    const [made] = await tx.query
      .insert(tenants)
      .values({ workspaceId, externalId: tenant.externalId, name: tenant.name })
      .onConflictDoNothing()
      .returning({ id: tenants.id });
    if (made === undefined) return null;
    await writeAudit(tx, [
      {
        actor: { kind: 'system', name: tenant.by },
        action: 'tenant.created',
        object: { kind: 'tenant', id: String(made.id) },
      },
    ]);
    return made.id;
  });
}
