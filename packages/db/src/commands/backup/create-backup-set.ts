import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import type { Database } from '../../client/database.ts';
import { backupSets } from '../../schema/backup.ts';
import { writeAudit } from '../observability/write-audit.ts';

/** Makes an empty backup set for a tenant. Answers its id, or null when the tenant has one of that name. */
export async function createBackupSet(
  db: Database,
  principal: Principal,
  set: { readonly tenantId: number; readonly name: string; readonly requestId: string | null },
): Promise<number | null> {
  const { workspaceId } = principal;
  return db.inWorkspace(workspaceId, async (tx) => {
    const [made] = await tx.query
      .insert(backupSets)
      .values({ workspaceId, tenantId: set.tenantId, name: set.name })
      .onConflictDoNothing()
      .returning({ id: backupSets.id });
    if (made === undefined) return null;
    await writeAudit(tx, [
      {
        actor: actorOf(principal),
        action: 'backup_set.created',
        object: { kind: 'backup_set', id: String(made.id) },
        details: { tenantId: set.tenantId, name: set.name },
        requestId: set.requestId,
      },
    ]);
    return made.id;
  });
}
