import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { databaseNow } from '../../client/database-now.ts';

/** A listing at a provider, as one connection reads it. */
export interface Listing {
  readonly tenantId: number;
  readonly connectionId: number;
  /** What is listed, for example a selection of groups. */
  readonly subject: string;
}

/** From where a sync goes on. A type, not an interface: it is kept as JSON. */
export type SyncStart = {
  /** Now, on the database's clock, ISO. */
  readonly seenAt: string;
  /** The link of the last complete walk; null when everything has to be read. */
  readonly deltaLink: string | null;
};

/** Where the last complete walk over a listing stood, and the moment at which this one begins. */
export async function readSyncStart(tx: WorkspaceTransaction, listing: Listing): Promise<SyncStart> {
  const [state] = await tx.query.execute<{ deltaLink: string | null }>(sql`
    select delta_link as "deltaLink" from sync_states
    where workspace_id = ${tx.workspaceId} and connection_id = ${listing.connectionId} and subject = ${listing.subject}`);
  return { seenAt: (await databaseNow(tx)).toISOString(), deltaLink: state?.deltaLink ?? null };
}

/** Keeps from where the next sync goes on, once a walk has come to its end. */
export async function keepSyncState(
  tx: WorkspaceTransaction,
  listing: Listing,
  walked: { readonly deltaLink: string | null; readonly full: boolean; readonly seenAt: string },
): Promise<void> {
  const fullAt = walked.full ? walked.seenAt : null;
  await tx.query.execute(sql`
    insert into sync_states as s (workspace_id, tenant_id, connection_id, subject, delta_link, full_at)
    values (${tx.workspaceId}, ${listing.tenantId}, ${listing.connectionId}, ${listing.subject}, ${walked.deltaLink},
      ${fullAt}::timestamptz)
    on conflict (workspace_id, connection_id, subject) do update set
      delta_link = excluded.delta_link, full_at = coalesce(excluded.full_at, s.full_at), updated_at = now()`);
}
