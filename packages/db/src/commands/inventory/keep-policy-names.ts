import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { recordset } from '../../client/rows.ts';
import type { Kept, Sighting } from './sighting.ts';

/** A policy as a list shows it. */
export interface SeenPolicy {
  readonly externalId: string;
  readonly kind: string;
  readonly name: string;
}

/** Keeps which policies a tenant has, without their contents; each external id at most once. */
export async function keepPolicyNames(
  tx: WorkspaceTransaction,
  { tenantId, seenAt }: Sighting,
  policies: readonly SeenPolicy[],
): Promise<Kept> {
  if (policies.length === 0) return { added: 0, changed: 0, unchanged: 0 };
  const given = recordset(policies, 'g ("externalId" text, kind text, name text)');
  const [counted] = await tx.query.execute<Kept>(sql`
    with given as (select g.* from ${given}
    ), judged as (
      select o.external_id is null or o.removed_at is not null as added,
        (g.name, g.kind) is distinct from (o.name, o.kind) as changed
      from given g left join policies o on o.workspace_id = ${tx.workspaceId} and o.tenant_id = ${tenantId}
        and o.external_id = g."externalId"
    ), kept as (
      insert into policies as k (workspace_id, tenant_id, external_id, kind, name, last_seen_at)
      select ${tx.workspaceId}, ${tenantId}, "externalId", kind, name, ${seenAt}::timestamptz
      from given order by "externalId"
      on conflict (workspace_id, tenant_id, external_id) do update set
        name = excluded.name, kind = excluded.kind, last_seen_at = greatest(k.last_seen_at, excluded.last_seen_at),
        removed_at = null
    )
    select count(*) filter (where added)::int as added, count(*) filter (where not added and changed)::int as changed,
      count(*) filter (where not added and not changed)::int as unchanged
    from judged`);
  if (counted === undefined) throw new Error('A statement that counts gave no row.');
  const { added, changed, unchanged } = counted;
  return { added, changed, unchanged };
}
