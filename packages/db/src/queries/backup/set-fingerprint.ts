import { type SQL, sql } from 'drizzle-orm';

/** A hash over the items of a backup set, as an SQL expression; it changes when an item is added. */
export function setFingerprint(setId: SQL | number): SQL<string> {
  return sql<string>`(select md5(coalesce(string_agg(f.id::text, ',' order by f.id), '')) from backup_items f
    where f.workspace_id = nullif(current_setting('app.workspace', true), '') and f.set_id = ${setId})`;
}
