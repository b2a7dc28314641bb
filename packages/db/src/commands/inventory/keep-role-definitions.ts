import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { recordset } from '../../client/rows.ts';
import type { Kept, Sighting } from './sighting.ts';

/** Where a role definition comes from. */
export type RoleSource = 'entra' | 'intune';

/** A role definition as a page showed it. */
export interface SeenRoleDefinition {
  readonly externalId: string;
  readonly name: string;
  readonly description: string | null;
  readonly builtIn: boolean;
  readonly permissions: readonly string[];
}

/** Keeps role definitions of a tenant as they were seen, each external id at most once. */
export async function keepRoleDefinitions(
  tx: WorkspaceTransaction,
  { tenantId, seenAt, source }: Sighting & { readonly source: RoleSource },
  definitions: readonly SeenRoleDefinition[],
): Promise<Kept> {
  if (definitions.length === 0) return { added: 0, changed: 0, unchanged: 0 };
  const given = recordset(
    definitions,
    'g ("externalId" text, name text, description text, "builtIn" boolean, permissions jsonb)',
  );
  const [counted] = await tx.query.execute<Kept>(sql`
    with given as (select g.* from ${given}
    ), judged as (
      select o.external_id is null or o.removed_at is not null as added,
        (g.name, g.description, g."builtIn", g.permissions)
          is distinct from (o.name, o.description, o.built_in, o.permissions) as changed
      from given g left join role_definitions o on o.workspace_id = ${tx.workspaceId} and o.tenant_id = ${tenantId}
        and o.source = ${source} and o.external_id = g."externalId"
    ), kept as (
      insert into role_definitions as k
        (workspace_id, tenant_id, source, external_id, name, description, built_in, permissions, last_seen_at)
      select ${tx.workspaceId}, ${tenantId}, ${source}, "externalId", name, description, "builtIn", permissions,
        ${seenAt}::timestamptz
      from given order by "externalId"
      on conflict (workspace_id, tenant_id, source, external_id) do update set
        name = excluded.name, description = excluded.description, built_in = excluded.built_in,
        permissions = excluded.permissions, last_seen_at = greatest(k.last_seen_at, excluded.last_seen_at),
        removed_at = null
    )
    select count(*) filter (where added)::int as added, count(*) filter (where not added and changed)::int as changed,
      count(*) filter (where not added and not changed)::int as unchanged
    from judged`);
  if (counted === undefined) throw new Error('A statement that counts gave no row.');
  const { added, changed, unchanged } = counted;
  return { added, changed, unchanged };
}
