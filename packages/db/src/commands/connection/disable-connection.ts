import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { type ConnectionRecord, connectionRecord } from '../../queries/connection/connections.ts';
import { disableImpact } from '../../queries/connection/disable-impact.ts';
import { connections } from '../../schema/inventory.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { lockConnection } from './lock-connection.ts';

/**
 * Disables a connection: nothing is started through it any more. Runs under way finish; what is planned fails when its
 * turn comes. No start commits after this has, however long ago it was decided.
 */
export async function disableConnection(
  db: Database,
  principal: Principal,
  ask: { readonly connectionId: number; readonly reason: string; readonly requestId: string | null },
): Promise<ConnectionRecord | 'already' | 'gone'> {
  const { connectionId, reason, requestId } = ask;
  return db.inWorkspace(principal.workspaceId, async (tx) => {
    await lockConnection(tx, connectionId);
    const before = await connectionRecord(tx, connectionId);
    if (before === null) return 'gone';
    if (!before.enabled) return 'already';
    const impact = await disableImpact(tx, before);
    await tx.query
      .update(connections)
      .set({
        enabled: false,
        disabledAt: sql`now()`,
        disabledBy: actorOf(principal).name,
        disabledReason: reason,
      })
      .where(eq(connections.id, connectionId));
    await writeAudit(tx, [
      {
        actor: actorOf(principal),
        action: 'connection.disabled',
        object: { kind: 'connection', id: String(connectionId) },
        details: {
          reason,
          activeRuns: impact.activeRuns,
          waitingItems: impact.waitingItems,
          isDefault: before.isDefault,
        },
        requestId,
      },
    ]);
    return connectionRecord(tx, connectionId).then((after) => after ?? 'gone');
  });
}
