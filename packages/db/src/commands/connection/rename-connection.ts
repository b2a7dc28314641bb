import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import { eq } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { type ConnectionRecord, connectionRecord } from '../../queries/connection/connections.ts';
import { connections } from '../../schema/inventory.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { lockConnection } from './lock-connection.ts';

/** Gives a connection another label; the one it has changes nothing and leaves no entry. */
export async function renameConnection(
  db: Database,
  principal: Principal,
  ask: { readonly connectionId: number; readonly label: string; readonly requestId: string | null },
): Promise<ConnectionRecord | 'gone'> {
  const { connectionId, label, requestId } = ask;
  return db.inWorkspace(principal.workspaceId, async (tx) => {
    await lockConnection(tx, connectionId);
    const before = await connectionRecord(tx, connectionId);
    if (before === null) return 'gone';
    if (before.label === label) return before;
    await tx.query.update(connections).set({ label }).where(eq(connections.id, connectionId));
    await writeAudit(tx, [
      {
        actor: actorOf(principal),
        action: 'connection.renamed',
        object: { kind: 'connection', id: String(connectionId) },
        details: { from: before.label, to: label },
        requestId,
      },
    ]);
    return { ...before, label };
  });
}
