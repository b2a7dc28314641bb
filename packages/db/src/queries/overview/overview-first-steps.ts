import type { Principal } from '@signalbox/domain/access/principal';
import type { FirstStepFacts } from '@signalbox/domain/overview/first-steps';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';

/** How far a workspace has come, of what the caller may see. One statement, each part of which stops at the first row. */
export async function firstStepFacts(
  tx: WorkspaceTransaction,
  principal: Principal,
): Promise<FirstStepFacts> {
  const { tenants } = principal;
  const entitled = (column: string) =>
    tenants === 'all'
      ? sql`true`
      : sql`(${sql.raw(column)} is null or ${sql.raw(column)} = any (${bigints(tenants)}))`;
  const ws = tx.workspaceId;
  const [row] = await tx.query.execute<{
    connected: boolean;
    checked: boolean;
    captured: boolean;
    backup_set: boolean;
    previewed: boolean;
    only: string | null;
  }>(sql`
    select
      exists (select from connections c where c.workspace_id = ${ws} and ${entitled('c.tenant_id')}) as connected,
      exists (select from connections c where c.workspace_id = ${ws} and c.checked_at is not null
        and ${entitled('c.tenant_id')}) as checked,
      exists (select from runs r where r.workspace_id = ${ws} and r.operation = 'snapshot_capture'
        and r.finished_at is not null and r.status in ('succeeded', 'partial') and ${entitled('r.tenant_id')}) as captured,
      exists (select from backup_sets s join backup_items i on i.workspace_id = s.workspace_id and i.set_id = s.id
        where s.workspace_id = ${ws} and ${entitled('s.tenant_id')}) as backup_set,
      exists (select from restore_previews p join runs r on r.workspace_id = p.workspace_id and r.id = p.run_id
        where p.workspace_id = ${ws} and r.status = 'succeeded' and ${entitled('r.tenant_id')}) as previewed,
      (select case when count(*) = 1 then min(found.id) end from (select c.id from connections c
        where c.workspace_id = ${ws} and ${entitled('c.tenant_id')} limit 2) as found) as only`);
  if (row === undefined) throw new Error('The first steps had no row.');
  const { connected, checked, captured, backup_set: backupSet, previewed, only } = row;
  const onlyConnectionId = only === null ? null : Number(only);
  return { connected, checked, captured, backupSet, previewed, onlyConnectionId };
}
