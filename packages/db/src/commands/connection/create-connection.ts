import type { Provider } from '@signalbox/domain/operation/rule';
import { eq } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { connections } from '../../schema/inventory.ts';
import { connectionSecretPlace } from '../../secrets/connection-secret.ts';
import { type Keyring, seal } from '../../secrets/envelope.ts';
import { writeAudit } from '../observability/write-audit.ts';

export interface NewConnection {
  readonly tenantId: number;
  readonly provider: Provider;
  readonly label: string;
  readonly isDefault: boolean;
  /** What is no secret: client id, addresses. */
  readonly settings: Readonly<Record<string, string>>;
  /** Sealed before it is written, from the first write on. */
  readonly secret: string;
  readonly by: string;
}

/** Adds a provider connection to a tenant. Its consent and health stay unknown until the first check. */
export async function createConnection(
  db: Database,
  place: { readonly workspaceId: string; readonly keyring: Keyring },
  connection: NewConnection,
): Promise<number> {
  const { workspaceId, keyring } = place;
  return db.inWorkspace(workspaceId, async (tx) => {
    const { tenantId, provider, label, isDefault, settings } = connection;
    const [made] = await tx.query
      .insert(connections)
      .values({ workspaceId, tenantId, provider, label, isDefault, settings })
      .returning({ id: connections.id });
    if (made === undefined) throw new Error('The connection was not written.');
    // The seal is bound to the row, so the row must exist first; both happen in this transaction.
    const sealedSecret = seal(keyring, connection.secret, connectionSecretPlace(workspaceId, made.id));
    await tx.query
      .update(connections)
      .set({ sealedSecret, credential: 'present' })
      .where(eq(connections.id, made.id));
    await writeAudit(tx, [
      {
        actor: { kind: 'system', name: connection.by },
        action: 'connection.created',
        object: { kind: 'connection', id: String(made.id) },
        details: { tenantId, provider, label },
      },
    ]);
    return made.id;
  });
}
