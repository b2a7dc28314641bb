import { type SQL, sql } from 'drizzle-orm';

/**
 * Whether a backup set is complete, as an SQL condition: it holds items, and the newest run that adds or added to it
 * has succeeded, or there never was one. `set` is the name of a backup_sets row in the surrounding statement.
 * The gate writes the set into the input of every adding run.
 */
export function setIsComplete(set: SQL): SQL<boolean> {
  return sql<boolean>`(
    exists (select from backup_items i where i.workspace_id = ${set}.workspace_id and i.set_id = ${set}.id)
    and coalesce((select r.status from runs r where r.workspace_id = ${set}.workspace_id
      and r.tenant_id = ${set}.tenant_id and r.operation = 'backup_set_add_policies'
      and r.input ->> 'backupSetId' = ${set}.id::text
      order by r.created_at desc, r.id desc limit 1), 'succeeded') = 'succeeded')`;
}
