import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { connections } from '../../schema/inventory.ts';

/** Whose connections: those of a tenant, or with null those of the workspace as a whole. */
export type ConnectionsOwner = number | null;

/** The connections of a tenant, or of the workspace as a whole. */
export function ownedBy(tenantId: ConnectionsOwner): SQL {
  return tenantId === null ? isNull(connections.tenantId) : eq(connections.tenantId, tenantId);
}

/**
 * Lets one change of the defaults of a tenant, or of a workspace, pass at a time: two at once would each see the old
 * default and both make another, and the unique index would let one of them fail. Runs may be started meanwhile.
 */
export async function lockDefaults(tx: WorkspaceTransaction, tenantId: ConnectionsOwner): Promise<void> {
  await tx.query.execute(
    tenantId === null
      ? sql`select from workspaces where id = ${tx.workspaceId} for no key update`
      : sql`select from tenants where workspace_id = ${tx.workspaceId} and id = ${tenantId} for no key update`,
  );
}

/** Takes the default away from the connection that has it, and answers which one that was. */
export async function takeDefault(
  tx: WorkspaceTransaction,
  of: { readonly tenantId: ConnectionsOwner; readonly provider: string },
): Promise<number | null> {
  const [taken] = await tx.query
    .update(connections)
    .set({ isDefault: false })
    .where(
      and(
        eq(connections.workspaceId, tx.workspaceId),
        ownedBy(of.tenantId),
        eq(connections.provider, of.provider),
        eq(connections.isDefault, true),
      ),
    )
    .returning({ id: connections.id });
  return taken?.id ?? null;
}
