import type { TenantClaim } from '@signalbox/domain/connection/provider-tenant';
import { eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { connections, tenants } from '../../schema/inventory.ts';
import { connectionSecretPlace } from '../../secrets/connection-secret.ts';
import { type Keyring, unseal } from '../../secrets/envelope.ts';

/** What a worker needs to reach a provider. The secret stays in memory and is never logged. */
export interface ConnectionAccess {
  readonly connectionId: number;
  readonly tenantExternalId: string;
  /** When this credential was given, in full precision: what tells it from the one before or after. */
  readonly credentialSetAt: string | null;
  /** What is known of the tenant that should be reached. */
  readonly claim: TenantClaim;
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
      credentialSetAt: credentialTold,
      known: connections.providerTenantId,
      consented: connections.consentedTenantId,
    })
    .from(connections)
    .innerJoin(tenants, eq(tenants.id, connections.tenantId))
    .where(eq(connections.id, connectionId));
  if (row === undefined || row.sealed === null) return null;
  const secret = unseal(keyring, row.sealed, connectionSecretPlace(tx.workspaceId, connectionId));
  const { tenantExternalId, credentialSetAt, known, consented, settings } = row;
  const claim = { externalId: tenantExternalId, known, consented };
  return { connectionId, tenantExternalId, credentialSetAt, claim, settings, secret };
}

/** The time a credential was given as a text that loses nothing, in the same words for whoever compares. */
export const credentialTold = sql<string | null>`extract(epoch from ${connections.credentialSetAt})::text`;
