import { isServerProvider, type ServerProviderName } from '@signalbox/domain/connection/providers';
import { and, eq, isNull } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { connections } from '../../schema/inventory.ts';
import { connectionSecretPlace } from '../../secrets/connection-secret.ts';
import { type Keyring, unseal } from '../../secrets/envelope.ts';
import { credentialTold } from './connection-access.ts';

/** What a worker needs to reach a provider of servers. The secret stays in memory and is never logged. */
export interface ServerAccess {
  readonly connectionId: number;
  readonly provider: ServerProviderName;
  /** When this credential was given, in full precision. */
  readonly credentialSetAt: string | null;
  readonly settings: Readonly<Record<string, string>>;
  /** Null where the provider asks for none, or where none was given. */
  readonly secret: string | null;
}

/** Opens the credential of a connection to a provider of servers; null for any other connection. */
export async function serverAccess(
  tx: WorkspaceTransaction,
  keyring: Keyring,
  connectionId: number,
): Promise<ServerAccess | null> {
  const [row] = await tx.query
    .select({
      provider: connections.provider,
      settings: connections.settings,
      sealed: connections.sealedSecret,
      credentialSetAt: credentialTold,
    })
    .from(connections)
    .where(
      and(
        eq(connections.workspaceId, tx.workspaceId),
        eq(connections.id, connectionId),
        isNull(connections.tenantId),
      ),
    );
  if (row === undefined || !isServerProvider(row.provider)) return null;
  const { provider, settings, sealed, credentialSetAt } = row;
  const secret =
    sealed === null ? null : unseal(keyring, sealed, connectionSecretPlace(tx.workspaceId, connectionId));
  return { connectionId, provider, credentialSetAt, settings, secret };
}
