import type { AuditFacts, AuditPosition, SealFacts } from '@signalbox/domain/observability/audit-line';
import { type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';

/** Before every entry. */
export const beforeAll: AuditPosition = { transaction: '0', id: 0 };

/** A moment of the database in UTC with all its digits, whatever the session's time zone. */
export const exactMoment = (column: SQL): SQL =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

interface EntryRow extends Record<string, unknown> {
  transaction: string;
  id: string;
  at: string;
  actor_kind: string;
  actor_name: string;
  on_behalf_of: string | null;
  action: string;
  object_kind: string;
  object_id: string;
  run_id: string | null;
  request_id: string | null;
  details: string;
}

/** Entries in the order of sealing: after one position, up to another or as far as can be sealed. */
export async function entriesBetween(
  tx: WorkspaceTransaction,
  range: { readonly after: AuditPosition; readonly upTo: AuditPosition | 'settled' | 'end' },
  limit: number,
): Promise<AuditFacts[]> {
  const { after, upTo } = range;
  const end =
    upTo === 'end'
      ? sql`true`
      : upTo === 'settled'
        ? // Everything below the oldest transaction still under way: nothing can appear there any more.
          sql`transaction < pg_snapshot_xmin(pg_current_snapshot())`
        : sql`(transaction, id) <= (${upTo.transaction}::xid8, ${upTo.id}::bigint)`;
  const rows = await tx.query.execute<EntryRow>(sql`
    select transaction::text as transaction, id, ${exactMoment(sql`created_at`)} as at, actor_kind, actor_name,
      on_behalf_of, action, object_kind, object_id, run_id, request_id, details::text as details
    from audit_entries
    where workspace_id = ${tx.workspaceId}
      and (transaction, id) > (${after.transaction}::xid8, ${after.id}::bigint) and ${end}
    order by audit_entries.transaction, audit_entries.id limit ${limit}`);
  return rows.map((row) => ({
    workspace: tx.workspaceId,
    transaction: row.transaction,
    id: Number(row.id),
    at: row.at,
    actor: { kind: row.actor_kind, name: row.actor_name, onBehalfOf: row.on_behalf_of },
    action: row.action,
    object: { kind: row.object_kind, id: row.object_id },
    runId: row.run_id === null ? null : Number(row.run_id),
    requestId: row.request_id,
    details: row.details,
  }));
}

/** A seal as it is kept, with the digest that stands beside it. */
export interface StoredSeal extends SealFacts {
  readonly digest: string;
}

interface SealRow extends Record<string, unknown> {
  number: string;
  previous: string;
  digest: string;
  first_transaction: string;
  first_id: string;
  last_transaction: string;
  last_id: string;
  count: number;
  ids: string[];
  digests: string;
  sealed_at: string;
}

/** Seals after a number, in order. */
export async function sealsAfter(
  tx: WorkspaceTransaction,
  number: number,
  limit: number,
): Promise<StoredSeal[]> {
  return seals(tx, sql`number > ${number}::bigint order by audit_seals.number limit ${limit}`);
}

/** The newest seal of a workspace; null while nothing is sealed. */
export async function newestSeal(tx: WorkspaceTransaction): Promise<StoredSeal | null> {
  const [seal] = await seals(tx, sql`true order by audit_seals.number desc limit 1`);
  return seal ?? null;
}

async function seals(tx: WorkspaceTransaction, which: SQL): Promise<StoredSeal[]> {
  const rows = await tx.query.execute<SealRow>(sql`
    select number, encode(previous, 'hex') as previous, encode(digest, 'hex') as digest,
      first_transaction::text as first_transaction, first_id, last_transaction::text as last_transaction, last_id,
      entries as count, entry_ids::text[] as ids, encode(entry_digests, 'hex') as digests,
      ${exactMoment(sql`sealed_at`)} as sealed_at
    from audit_seals where workspace_id = ${tx.workspaceId} and ${which}`);
  return rows.map((row) => ({
    workspace: tx.workspaceId,
    number: Number(row.number),
    previous: row.previous,
    digest: row.digest,
    first: { transaction: row.first_transaction, id: Number(row.first_id) },
    last: { transaction: row.last_transaction, id: Number(row.last_id) },
    count: row.count,
    entries: pairs(row.ids, row.digests.match(/.{1,64}/g) ?? []),
    sealedAt: row.sealed_at,
  }));
}

/** Lists of different lengths are a seal that was changed; nothing of either is left out. */
function pairs(ids: readonly string[], digests: readonly string[]): SealFacts['entries'] {
  return Array.from({ length: Math.max(ids.length, digests.length) }, (_, at) => {
    const id = ids[at];
    return [id === undefined ? null : Number(id), digests[at] ?? ''] as const;
  });
}
