import { and, eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { connections } from '../../schema/inventory.ts';

/**
 * Lets one change of a tenant's defaults pass at a time: two at once would each see the old default and both make
 * another, and the unique index would let one of them fail. Runs of the tenant may be started meanwhile.
 */
export async function lockDefaults(tx: WorkspaceTransaction, tenantId: number): Promise<void> {
  await tx.query.execute(
    sql`select from tenants where workspace_id = ${tx.workspaceId} and id = ${tenantId} for no key update`,
  );
}

/** Takes the default away from the connection that has it, and answers which one that was. */
export async function takeDefault(
  tx: WorkspaceTransaction,
  of: { readonly tenantId: number; readonly provider: string },
): Promise<number | null> {
  const [taken] = await tx.query
    .update(connections)
    .set({ isDefault: false })
    .where(
      and(
        eq(connections.workspaceId, tx.workspaceId),
        eq(connections.tenantId, of.tenantId),
        eq(connections.provider, of.provider),
        eq(connections.isDefault, true),
      ),
    )
    .returning({ id: connections.id });
  return taken?.id ?? null;
}
