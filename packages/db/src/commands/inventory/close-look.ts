import { keptDays } from '@signalbox/domain/inventory/kept-days';
import { type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import type { RoleSource } from './keep-role-definitions.ts';
import type { Sighting } from './sighting.ts';

/** What a complete look found: rows that are gone now, and rows that have been gone for so long that they are dropped. */
export type ClosedLook = { readonly removed: number; readonly purged: number };

/** What was looked at. */
export type Looked = 'groups' | { readonly source: RoleSource } | { readonly policyKind: string };

/**
 * Ends a look that came to its end: what it did not see is no longer there. Only rows older than the look are judged,
 * by the moment at which it began, so that what others saw meanwhile stays, whatever the clocks did.
 */
export async function closeLook(
  tx: WorkspaceTransaction,
  looked: Looked,
  sighting: Sighting,
): Promise<ClosedLook> {
  const { table, among } = placeOf(looked);
  const removed = await tx.query.execute(sql`
    update ${table} set removed_at = now()
    where workspace_id = ${tx.workspaceId} and tenant_id = ${sighting.tenantId} ${among}
      and removed_at is null and last_seen_at < ${sighting.seenAt}::timestamptz
    returning id`);
  // Policies stay: their versions are what backups are made of.
  const purged =
    typeof looked === 'object' && 'policyKind' in looked ? 0 : await purge(tx, looked, sighting.tenantId);
  return { removed: removed.length, purged };
}

/**
 * Ends a look at nothing but changes: a group that is there and was not named was seen all the same, since it would
 * have been named otherwise. What was seen within the hour is left alone, so that frequent looks do not rewrite every row.
 */
export async function closeChanges(
  tx: WorkspaceTransaction,
  { tenantId, seenAt }: Sighting,
): Promise<ClosedLook> {
  await tx.query.execute(sql`
    update groups set last_seen_at = ${seenAt}::timestamptz
    where workspace_id = ${tx.workspaceId} and tenant_id = ${tenantId} and removed_at is null
      and last_seen_at < ${seenAt}::timestamptz - interval '1 hour'`);
  return { removed: 0, purged: await purge(tx, 'groups', tenantId) };
}

/** Drops what is gone and was last seen too long ago, on the database's clock. */
async function purge(tx: WorkspaceTransaction, looked: Looked, tenantId: number): Promise<number> {
  const { table, among } = placeOf(looked);
  const purged = await tx.query.execute(sql`
    delete from ${table}
    where workspace_id = ${tx.workspaceId} and tenant_id = ${tenantId} ${among}
      and removed_at is not null and last_seen_at < now() - ${keptDays} * interval '1 day'
    returning id`);
  return purged.length;
}

function placeOf(looked: Looked): { table: SQL; among: SQL } {
  if (looked === 'groups') return { table: sql`groups`, among: sql`` };
  if ('source' in looked) return { table: sql`role_definitions`, among: sql`and source = ${looked.source}` };
  return { table: sql`policies`, among: sql`and kind = ${looked.policyKind}` };
}
