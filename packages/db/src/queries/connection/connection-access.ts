import { eq } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { connections, tenants } from '../../schema/inventory.ts';
import { connectionSecretPlace } from '../../secrets/connection-secret.ts';
import { type Keyring, unseal } from '../../secrets/envelope.ts';

/** What a worker needs to reach a provider. The secret stays in memory and is never logged. */
export interface ConnectionAccess {
  readonly connectionId: number;
  readonly tenantExternalId: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secret: string;
}

/** Opens the credential of a connection, or answers null when there is none. */
export async function connectionAccess(
  tx: WorkspaceTransaction,
  keyring: Keyring,
  connectionId: number,
): Promise<ConnectionAccess | null> {
  const [row] = await tx.query
    .select({
      settings: connections.settings,
      sealed: connections.sealedSecret,
      tenantExternalId: tenants.externalId,
    })
    .from(connections)
    .innerJoin(tenants, eq(tenants.id, connections.tenantId))
    .where(eq(connections.id, connectionId));
  if (row === undefined || row.sealed === null) return null;
  const secret = unseal(keyring, row.sealed, connectionSecretPlace(tx.workspaceId, connectionId));
  return { connectionId, tenantExternalId: row.tenantExternalId, settings: row.settings, secret };
}
