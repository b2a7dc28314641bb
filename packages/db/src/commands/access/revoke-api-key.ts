import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { type ApiKeyRecord, apiKeyColumns, apiKeyRecord, getApiKey } from '../../queries/access/api-keys.ts';
import { apiKeys } from '../../schema/access.ts';
import { writeAudit } from '../observability/write-audit.ts';

/**
 * Revokes a key: every call that begins after the commit is refused. One that was revoked before answers as it is, so
 * that asking again is no error. Null when the workspace has no such key.
 */
export async function revokeApiKey(
  db: Database,
  principal: Principal,
  { id, requestId }: { readonly id: string; readonly requestId: string | null },
): Promise<ApiKeyRecord | null> {
  return db.inWorkspace(principal.workspaceId, async (tx) => {
    const [revoked] = await tx.query
      .update(apiKeys)
      .set({ revokedAt: sql`now()`, revokedBy: principal.username, previousHash: null, previousUntil: null })
      .where(and(eq(apiKeys.workspaceId, tx.workspaceId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
      .returning(apiKeyColumns);
    if (revoked === undefined) return getApiKey(tx, id);
    await writeAudit(tx, [
      {
        actor: actorOf(principal),
        action: 'api_key.revoked',
        object: { kind: 'api_key', id },
        details: { name: revoked.name },
        requestId,
      },
    ]);
    return apiKeyRecord(revoked);
  });
}
