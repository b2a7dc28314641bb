import { mostLiveKeys } from '@signalbox/domain/access/api-key';
import type { Capability } from '@signalbox/domain/access/capabilities';
import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import { and, count, eq, sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { type ApiKeyRecord, apiKeyColumns, apiKeyRecord, liveKeys } from '../../queries/access/api-keys.ts';
import { apiKeys } from '../../schema/access.ts';
import { mintApiKey } from '../../secrets/api-key.ts';
import { writeAudit } from '../observability/write-audit.ts';

export interface NewApiKey {
  readonly name: string;
  readonly capabilities: readonly Capability[];
  readonly mayActFor: boolean;
  /** Days until it ends; null for a key that ends when it is revoked. */
  readonly expiresInDays: number | null;
  readonly requestId: string | null;
}

/** A key with the text that is shown once and kept nowhere. */
export interface ShownKey {
  readonly record: ApiKeyRecord;
  readonly text: string;
}

/** Makes a key. Answers why not when a key that is not revoked has the name, or there are as many as may be. */
export async function createApiKey(
  db: Database,
  principal: Principal,
  wish: NewApiKey,
): Promise<ShownKey | 'name_taken' | 'too_many'> {
  const { name, capabilities, mayActFor, expiresInDays, requestId } = wish;
  const { workspaceId } = principal;
  return db.inWorkspace(workspaceId, async (tx) => {
    await oneAtATime(tx);
    const [held] = await tx.query
      .select({ keys: count() })
      .from(apiKeys)
      .where(and(eq(apiKeys.workspaceId, workspaceId), liveKeys));
    if ((held?.keys ?? 0) >= mostLiveKeys) return 'too_many';
    const { id, secretHash, hint, text } = mintApiKey();
    const [made] = await tx.query
      .insert(apiKeys)
      .values({
        workspaceId,
        id,
        name,
        secretHash,
        hint,
        capabilities: [...capabilities],
        mayActFor,
        createdBy: principal.username,
        expiresAt: expiresInDays === null ? null : sql`now() + make_interval(days => ${expiresInDays}::int)`,
      })
      .onConflictDoNothing({ target: [apiKeys.workspaceId, apiKeys.name], where: sql`revoked_at is null` })
      .returning(apiKeyColumns);
    if (made === undefined) return 'name_taken';
    const record = apiKeyRecord(made);
    await writeAudit(tx, [
      {
        actor: actorOf(principal),
        action: 'api_key.created',
        object: { kind: 'api_key', id },
        details: { name, capabilities: [...capabilities], mayActFor, ...expiry(record) },
        requestId,
      },
    ]);
    return { record, text };
  });
}

/** So that two at once cannot pass the cap together. */
async function oneAtATime({ query, workspaceId }: WorkspaceTransaction): Promise<void> {
  await query.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`api_keys:${workspaceId}`}, 0))`);
}

function expiry({ expiresAt }: ApiKeyRecord): { expiresAt?: string } {
  return expiresAt === null ? {} : { expiresAt: expiresAt.toISOString() };
}
