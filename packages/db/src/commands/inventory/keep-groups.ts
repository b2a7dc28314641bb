import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { recordset } from '../../client/rows.ts';
import type { Kept, Sighting } from './sighting.ts';

/** A group as a page showed it. A page of changes may leave out what did not change; what is left out stays. */
export interface SeenGroup {
  readonly externalId: string;
  /** Null where it was left out. */
  readonly name: string | null;
  /** True where the page told the description, be it that there is none. */
  readonly described: boolean;
  readonly description: string | null;
  readonly details: JsonObject;
}

/**
 * Keeps groups of a tenant as they were seen, each external id at most once. A provider may name a group on more than
 * one page of a look; as it was before, it counts with the first.
 */
export async function keepGroups(
  tx: WorkspaceTransaction,
  { tenantId, seenAt }: Sighting,
  groups: readonly SeenGroup[],
): Promise<Kept> {
  if (groups.length === 0) return { added: 0, changed: 0, unchanged: 0 };
  const shape = 'g ("externalId" text, name text, described boolean, description text, details jsonb)';
  const [counted] = await tx.query.execute<Kept>(sql`
    with old as (
      select o.external_id, o.name, o.description, o.details, o.removed_at, ${seenIn(seenAt)} as again
      from groups o where o.workspace_id = ${tx.workspaceId} and o.tenant_id = ${tenantId}
        and o.external_id = any (array(select g."externalId" from ${recordset(groups, shape)}))
    ), next as (
      select g."externalId" as external_id,
        -- A group of which only a change was told and nothing is known goes by its id until all groups are read again.
        coalesce(g.name, o.name, g."externalId") as name,
        case when g.described then g.description else o.description end as description,
        coalesce(o.details, '{}') || g.details as details,
        o.external_id is null or o.removed_at is not null as added, coalesce(o.again, false) as again,
        o.name as old_name, o.description as old_description, o.details as old_details
      from ${recordset(groups, shape)} left join old o on o.external_id = g."externalId"
    ), kept as (
      insert into groups as k (workspace_id, tenant_id, external_id, name, description, details, last_seen_at)
      select ${tx.workspaceId}, ${tenantId}, external_id, name, description, details, ${seenAt}::timestamptz
      from next order by external_id
      on conflict (workspace_id, tenant_id, external_id) do update set
        name = excluded.name, description = excluded.description, details = excluded.details,
        last_seen_at = greatest(k.last_seen_at, excluded.last_seen_at), removed_at = null
    ), judged as (
      select added, again,
        not added and (name, description, details) is distinct from (old_name, old_description, old_details) as changed
      from next
    )
    select count(*) filter (where added)::int as added, count(*) filter (where changed)::int as changed,
      count(*) filter (where not added and not changed and not again)::int as unchanged
    from judged`);
  if (counted === undefined) throw new Error('A statement that counts gave no row.');
  const { added, changed, unchanged } = counted;
  return { added, changed, unchanged };
}

/** How many of these groups an earlier page of the same look has named already, as there or as gone. */
export async function countNamed(
  tx: WorkspaceTransaction,
  { tenantId, seenAt }: Sighting,
  externalIds: readonly string[],
): Promise<number> {
  if (externalIds.length === 0) return 0;
  const ids = externalIds.map((id) => ({ id }));
  const [counted] = await tx.query.execute<{ named: number }>(sql`
    select count(*)::int as named from groups o
    where o.workspace_id = ${tx.workspaceId} and o.tenant_id = ${tenantId} and ${seenIn(seenAt)}
      and o.external_id = any (array(select g.id from ${recordset(ids, 'g (id text)')}))`);
  return counted?.named ?? 0;
}

/** Whether a group `o` was seen, or found to be gone, by the look that began at this very moment. */
function seenIn(seenAt: string) {
  return sql`(o.last_seen_at = ${seenAt}::timestamptz or coalesce(o.removed_at >= ${seenAt}::timestamptz, false))`;
}

/** Notes that the provider named these groups as gone, and answers how many of them had been there. */
export async function removeGroups(
  tx: WorkspaceTransaction,
  tenantId: number,
  externalIds: readonly string[],
): Promise<number> {
  if (externalIds.length === 0) return 0;
  const ids = externalIds.map((id) => ({ id }));
  const removed = await tx.query.execute(sql`
    update groups set removed_at = now()
    where workspace_id = ${tx.workspaceId} and tenant_id = ${tenantId} and removed_at is null
      and external_id in (select g.id from ${recordset(ids, 'g (id text)')})
    returning id`);
  return removed.length;
}
