import type { Provider } from '@signalbox/domain/connection/providers';
import { and, eq, sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import {
  type ConnectionRecord,
  connectionRecord,
  reviveConnectionRecord,
} from '../../queries/connection/connections.ts';
import { connections } from '../../schema/inventory.ts';
import { connectionSecretPlace } from '../../secrets/connection-secret.ts';
import { type Keyring, seal } from '../../secrets/envelope.ts';
import { type Author, authorActor } from '../access/author.ts';
import { type Idempotency, keepOnce, type Once } from '../gate/keep-once.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { type ConnectionsOwner, lockDefaults, ownedBy, takeDefault } from './lock-defaults.ts';

export interface NewConnection {
  /** Null for a connection of the workspace as a whole, as providers of servers have them. */
  readonly tenantId: ConnectionsOwner;
  readonly provider: Provider;
  readonly label: string;
  /** Left out, the first connection of its owner to a provider is the default. */
  readonly isDefault?: boolean | undefined;
  /** What is no secret: client id, addresses. */
  readonly settings: Readonly<Record<string, string>>;
  /** Sealed before it is written, from the first write on; null when it is given later. */
  readonly secret: string | null;
  readonly credentialExpiresAt?: Date | null;
  readonly idempotency?: Idempotency;
  readonly requestId?: string | null;
}

/** Adds a provider connection to a tenant, or to the workspace. Its consent and health stay unknown until the first check. */
export async function createConnection(
  db: Database,
  { author, keyring }: { readonly author: Author; readonly keyring: Keyring },
  connection: NewConnection,
): Promise<Once<ConnectionRecord, never>> {
  return keepOnce(db, author, {
    idempotency: connection.idempotency ?? null,
    make: async (tx) => {
      const id = await insert(tx, connection);
      if (connection.secret !== null) await keepSecret(tx, keyring, { id, connection });
      const { tenantId, provider, label } = connection;
      const made = await connectionRecord(tx, id);
      if (made === null) throw new Error(`The connection ${id} was made and is not there.`);
      await writeAudit(tx, [
        {
          actor: authorActor(author),
          action: 'connection.created',
          object: { kind: 'connection', id: String(id) },
          details: { tenantId, provider, label, isDefault: made.isDefault, credential: made.credential },
          requestId: connection.requestId ?? null,
        },
      ]);
      return { made };
    },
    revive: reviveConnectionRecord,
  });
}

async function insert(tx: WorkspaceTransaction, connection: NewConnection): Promise<number> {
  const { workspaceId } = tx;
  const { tenantId, provider, label, settings } = connection;
  await lockDefaults(tx, tenantId);
  const isDefault = connection.isDefault ?? !(await hasAny(tx, { tenantId, provider }));
  if (isDefault) await takeDefault(tx, { tenantId, provider });
  const [made] = await tx.query
    .insert(connections)
    .values({ workspaceId, tenantId, provider, label, isDefault, settings })
    .returning({ id: connections.id });
  if (made === undefined) throw new Error('The connection was not written.');
  return made.id;
}

async function hasAny(
  tx: WorkspaceTransaction,
  { tenantId, provider }: { readonly tenantId: ConnectionsOwner; readonly provider: string },
): Promise<boolean> {
  const rows = await tx.query
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(eq(connections.workspaceId, tx.workspaceId), ownedBy(tenantId), eq(connections.provider, provider)),
    )
    .limit(1);
  return rows.length > 0;
}

/** The seal is bound to the row, so the row must exist first; both happen in one transaction. */
async function keepSecret(
  tx: WorkspaceTransaction,
  keyring: Keyring,
  { id, connection }: { readonly id: number; readonly connection: NewConnection },
): Promise<void> {
  const place = connectionSecretPlace(tx.workspaceId, id);
  await tx.query
    .update(connections)
    .set({
      sealedSecret: seal(keyring, connection.secret ?? '', place),
      credential: 'present',
      credentialSetAt: sql`now()`,
      credentialExpiresAt: connection.credentialExpiresAt ?? null,
    })
    .where(eq(connections.id, id));
}
