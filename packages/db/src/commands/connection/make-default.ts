import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import { eq } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { type ConnectionRecord, connectionRecord } from '../../queries/connection/connections.ts';
import { connections } from '../../schema/inventory.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { lockConnection } from './lock-connection.ts';
import { type ConnectionsOwner, lockDefaults, takeDefault } from './lock-defaults.ts';

/**
 * Makes a connection the default of its owner and provider; the one that was it ceases to be. The default it is
 * already changes nothing and leaves no entry. A disabled connection is none: every start would be refused.
 */
export async function makeDefault(
  db: Database,
  principal: Principal,
  ask: {
    readonly connectionId: number;
    readonly tenantId: ConnectionsOwner;
    readonly requestId: string | null;
  },
): Promise<ConnectionRecord | 'disabled' | 'gone'> {
  const { connectionId, tenantId, requestId } = ask;
  return db.inWorkspace(principal.workspaceId, async (tx) => {
    await lockDefaults(tx, tenantId);
    // A disable on its way is told first.
    await lockConnection(tx, connectionId);
    const connection = await connectionRecord(tx, connectionId);
    if (connection === null) return 'gone';
    if (connection.isDefault) return connection;
    if (!connection.enabled) return 'disabled';
    const from = await takeDefault(tx, { tenantId, provider: connection.provider });
    await tx.query.update(connections).set({ isDefault: true }).where(eq(connections.id, connectionId));
    await writeAudit(tx, [
      {
        actor: actorOf(principal),
        action: 'connection.made_default',
        object: { kind: 'connection', id: String(connectionId) },
        details: { tenantId, provider: connection.provider, instead: from },
        requestId,
      },
    ]);
    return { ...connection, isDefault: true };
  });
}
