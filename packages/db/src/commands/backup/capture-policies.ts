import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { recordset } from '../../client/rows.ts';

/** A policy as it was read at the provider, with everything a restore needs. */
export interface CapturedPolicy {
  readonly externalId: string;
  readonly kind: string;
  readonly name: string;
  readonly payload: unknown;
  readonly assignments: unknown;
  readonly scopeTags: unknown;
  /** SHA-256 over payload, assignments and scope tags in canonical form, hex. */
  readonly hash: string;
}

/** The version that now stands for a captured policy. */
export interface CapturedVersion {
  readonly externalId: string;
  readonly versionId: number;
  readonly version: number;
  /** False when the newest version already had the same content. */
  readonly fresh: boolean;
}

/**
 * Keeps captured policies of one tenant: each is known from now on, and its content becomes a new immutable version
 * unless the newest one already says the same. Part of a fenced write, so a run that lost its lease keeps nothing.
 */
export async function capturePolicies(
  tx: WorkspaceTransaction,
  source: { readonly tenantId: number; readonly runId: number },
  captured: readonly CapturedPolicy[],
): Promise<CapturedVersion[]> {
  if (captured.length === 0) return [];
  const given = recordset(
    captured,
    'g ("externalId" text, kind text, name text, payload jsonb, assignments jsonb, "scopeTags" jsonb, hash text)',
  );
  // A statement of its own: it locks the policies, and only the next one sees what another run made meanwhile.
  await tx.query.execute(sql`
    insert into policies (workspace_id, tenant_id, external_id, kind, name, last_seen_at)
    select ${tx.workspaceId}, ${source.tenantId}, "externalId", kind, name, now() from ${given} order by "externalId"
    on conflict (workspace_id, tenant_id, external_id) do update
      set name = excluded.name, kind = excluded.kind, last_seen_at = excluded.last_seen_at, removed_at = null`);
  const rows = await tx.query.execute<{
    external_id: string;
    version_id: string;
    version: number;
    fresh: boolean;
  }>(sql`
    with newest as (
      select k.id as policy_id, k.external_id, g.payload, g.assignments, g."scopeTags", g.hash,
        v.id as version_id, v.version, v.hash as newest_hash
      from ${given}
      join policies k on k.workspace_id = ${tx.workspaceId} and k.tenant_id = ${source.tenantId}
        and k.external_id = g."externalId"
      left join lateral (
        select v.id, v.version, v.hash from policy_versions v
        where v.workspace_id = ${tx.workspaceId} and v.policy_id = k.id order by v.version desc limit 1) v on true
    ), made as (
      insert into policy_versions (workspace_id, policy_id, version, payload, assignments, scope_tags, hash, run_id)
      select ${tx.workspaceId}, policy_id, coalesce(version, 0) + 1, payload, assignments, "scopeTags", hash, ${source.runId}
      from newest where newest_hash is distinct from hash
      returning id, policy_id, version
    )
    select n.external_id, coalesce(m.id, n.version_id) as version_id, coalesce(m.version, n.version) as version,
      m.id is not null as fresh
    from newest n left join made m on m.policy_id = n.policy_id`);
  return rows.map((row) => ({
    externalId: row.external_id,
    versionId: Number(row.version_id),
    version: row.version,
    fresh: row.fresh,
  }));
}
