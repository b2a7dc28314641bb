import type { Sql } from 'postgres';

/** Ended runs to put in place at once, for lists that are long. */
export interface ManyRuns {
  readonly workspaceId: string;
  readonly tenantId: number;
  readonly count: number;
  /** How the initiator is called. */
  readonly by?: string;
}

/**
 * Inserts ended runs, one each second back from an hour ago, most succeeded, every tenth failed and every hundredth
 * partial. `sql` is a superuser's.
 */
export async function insertManyRuns(sql: Sql, runs: ManyRuns): Promise<void> {
  const { workspaceId, tenantId, count, by = 'scheduler' } = runs;
  await sql`
    insert into runs (workspace_id, uid, operation, tenant_id, connection_id, status, input, total, succeeded, failed,
      safe_error, event_seq, initiator_kind, initiator_name, codename, tags, created_at, started_at, finished_at)
    select ${workspaceId}, gen_random_uuid(), 'snapshot_capture', ${tenantId},
      (select min(id) from connections where tenant_id = ${tenantId}), made.status, '{}', 100,
      case made.status when 'succeeded' then 100 when 'partial' then 98 else 0 end,
      case made.status when 'partial' then 2 else 0 end,
      case made.status when 'succeeded' then null else
        jsonb_build_object('code', case made.status when 'partial' then 'items_failed' else 'provider_refused' end,
          'message', 'Made for a test.') end,
      1, 'system', ${by}, 'calm-arch', case when made.n % 1000 = 0 then '{rare}' else '{}' end::text[],
      made.at, made.at, made.at + interval '5 seconds'
    from (
      select n, now() - interval '1 hour' - n * interval '1 second' as at,
        case when n % 100 = 0 then 'partial' when n % 10 = 0 then 'failed' else 'succeeded' end as status
      from generate_series(1, ${count}::int) as n
    ) as made`;
  await sql`analyze runs`;
}
