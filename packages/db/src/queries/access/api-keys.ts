import type { KeyStatus } from '@signalbox/domain/access/api-key';
import type { Capability } from '@signalbox/domain/access/capabilities';
import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { apiKeys } from '../../schema/access.ts';
import { knownCapabilities } from './live-key.ts';

/** A key as people read it: everything but what it could be used with. */
export interface ApiKeyRecord {
  readonly id: string;
  readonly name: string;
  /** The last four characters of the secret. */
  readonly hint: string;
  /** By the database's clock, at the moment it was read. */
  readonly status: KeyStatus;
  readonly capabilities: readonly Capability[];
  readonly mayActFor: boolean;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  /** Until when the secret before the last rotation works as well; null when it does not. */
  readonly previousUntil: Date | null;
  readonly lastUsedAt: Date | null;
  readonly lastUsedFrom: string | null;
  readonly revokedAt: Date | null;
  readonly revokedBy: string | null;
}

/** A place in the list: the last row of the page before. */
export interface ApiKeyCursor {
  /** ISO 8601 with the database's full precision. */
  readonly at: string;
  readonly id: string;
}

/** True for a key that works. */
export const liveKeys = sql`${apiKeys.revokedAt} is null and (${apiKeys.expiresAt} is null or ${apiKeys.expiresAt} > now())`;

/** What is read of a key; the hashes stay where they are. */
export const apiKeyColumns = {
  id: apiKeys.id,
  name: apiKeys.name,
  hint: apiKeys.hint,
  status: sql<KeyStatus>`case when ${apiKeys.revokedAt} is not null then 'revoked'
    when ${liveKeys} then 'active' else 'expired' end`,
  capabilities: apiKeys.capabilities,
  mayActFor: apiKeys.mayActFor,
  createdBy: apiKeys.createdBy,
  createdAt: apiKeys.createdAt,
  expiresAt: apiKeys.expiresAt,
  previousUntil: sql<Date | null>`case when ${apiKeys.previousUntil} > now() and ${liveKeys}
    then ${apiKeys.previousUntil} end`.mapWith(apiKeys.previousUntil),
  lastUsedAt: apiKeys.lastUsedAt,
  lastUsedFrom: apiKeys.lastUsedFrom,
  revokedAt: apiKeys.revokedAt,
  revokedBy: apiKeys.revokedBy,
};

/** A row of those columns with the capabilities that this version knows. */
export function apiKeyRecord<TRow extends { readonly capabilities: readonly string[] }>(
  row: TRow,
): Omit<TRow, 'capabilities'> & { readonly capabilities: Capability[] } {
  return { ...row, capabilities: knownCapabilities(row.capabilities) };
}

/** A page of the keys of the workspace, newest first, by keyset over (time, id). */
export async function listApiKeys(
  tx: WorkspaceTransaction,
  ask: {
    readonly live: boolean | undefined;
    readonly cursor: ApiKeyCursor | null;
    readonly limit: number;
  },
): Promise<(ApiKeyRecord & { readonly exactAt: string })[]> {
  const { cursor, live } = ask;
  const after: SQL | undefined =
    cursor === null
      ? undefined
      : sql`(${apiKeys.createdAt}, ${apiKeys.id}) < (${cursor.at}::timestamptz, ${cursor.id})`;
  const rows = await tx.query
    .select({
      ...apiKeyColumns,
      exactAt: sql<string>`to_char(${apiKeys.createdAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    })
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.workspaceId, tx.workspaceId),
        live === undefined ? undefined : live ? liveKeys : sql`not (${liveKeys})`,
        after,
      ),
    )
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
    .limit(ask.limit);
  return rows.map(apiKeyRecord);
}

/** The key with this id, or null when the workspace has none. */
export async function getApiKey(tx: WorkspaceTransaction, id: string): Promise<ApiKeyRecord | null> {
  const [row] = await tx.query
    .select(apiKeyColumns)
    .from(apiKeys)
    .where(and(eq(apiKeys.workspaceId, tx.workspaceId), eq(apiKeys.id, id)));
  return row === undefined ? null : apiKeyRecord(row);
}
