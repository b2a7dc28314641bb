import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { apiKeyColumns, apiKeyRecord, liveKeys } from '../../queries/access/api-keys.ts';
import { apiKeys } from '../../schema/access.ts';
import { mintApiKey } from '../../secrets/api-key.ts';
import { writeAudit } from '../observability/write-audit.ts';
import type { ShownKey } from './create-api-key.ts';

/**
 * Gives a key a new secret; everything else about it stays, its id and its end too. The old secret works for
 * `overlapHours` more, or ends at once with 0; a still older one ends in any case. Null when the key does not work any
 * more, which another rotation does not mend.
 */
export async function rotateApiKey(
  db: Database,
  principal: Principal,
  ask: { readonly id: string; readonly overlapHours: number; readonly requestId: string | null },
): Promise<ShownKey | null> {
  const { id, overlapHours, requestId } = ask;
  const { secretHash, hint, text } = mintApiKey(id);
  return db.inWorkspace(principal.workspaceId, async (tx) => {
    const kept = overlapHours > 0;
    const [rotated] = await tx.query
      .update(apiKeys)
      .set({
        secretHash,
        hint,
        previousHash: kept ? sql`${apiKeys.secretHash}` : null,
        previousUntil: kept ? sql`now() + make_interval(hours => ${overlapHours}::int)` : null,
      })
      .where(and(eq(apiKeys.workspaceId, tx.workspaceId), eq(apiKeys.id, id), liveKeys))
      .returning(apiKeyColumns);
    if (rotated === undefined) return null;
    await writeAudit(tx, [
      {
        actor: actorOf(principal),
        action: 'api_key.rotated',
        object: { kind: 'api_key', id },
        details: { name: rotated.name, overlapHours },
        requestId,
      },
    ]);
    return { record: apiKeyRecord(rotated), text };
  });
}
