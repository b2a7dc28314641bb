import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import { eq } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { type ConnectionRecord, connectionRecord } from '../../queries/connection/connections.ts';
import { connections } from '../../schema/inventory.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { lockConnection } from './lock-connection.ts';

/** Lets work start through a connection again. What is known of its health stays; a check makes it true. */
export async function enableConnection(
  db: Database,
  principal: Principal,
  ask: { readonly connectionId: number; readonly requestId: string | null },
): Promise<ConnectionRecord | 'already' | 'gone'> {
  const { connectionId, requestId } = ask;
  return db.inWorkspace(principal.workspaceId, async (tx) => {
    await lockConnection(tx, connectionId);
    const before = await connectionRecord(tx, connectionId);
    if (before === null) return 'gone';
    if (before.enabled) return 'already';
    const enabled = { enabled: true, disabledAt: null, disabledBy: null, disabledReason: null };
    await tx.query.update(connections).set(enabled).where(eq(connections.id, connectionId));
    await writeAudit(tx, [
      {
        actor: actorOf(principal),
        action: 'connection.enabled',
        object: { kind: 'connection', id: String(connectionId) },
        requestId,
      },
    ]);
    return { ...before, ...enabled };
  });
}
