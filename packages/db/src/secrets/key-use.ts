import { sql } from 'drizzle-orm';
import type postgres from 'postgres';
import type { Database } from '../client/database.ts';
import type { Keyring } from './envelope.ts';
import { type SealedColumn, sealedColumns } from './sealed-columns.ts';

/** How many values of one column a key has sealed. */
export interface KeyUse {
  /** `table.column`. */
  readonly place: string;
  readonly keyId: string;
  readonly values: number;
}

/** Counts sealed values by column and key, for `npm run keys`. */
export async function countKeyUse(
  system: postgres.Sql,
  columns: readonly SealedColumn[] = sealedColumns,
): Promise<KeyUse[]> {
  const found: KeyUse[] = [];
  for (const { table, column } of columns) {
    const rows = await system<{ key_id: string; values: number }[]>`
      select sealing_key(${system(column)}) as key_id, count(*)::int as values
      from ${system(table)} where ${system(column)} is not null group by 1 order by 1`;
    for (const row of rows)
      found.push({ place: `${table}.${column}`, keyId: row.key_id, values: row.values });
  }
  return found;
}

/**
 * What an operator must hear when a process starts with too few keys: one line for each key that still seals something
 * and is not there. Never a key.
 */
export async function missingKeys(db: Database, keyring: Keyring): Promise<string[]> {
  const rows = await db.asSystem((tx) =>
    tx.query.execute<{ key_id: string; sealed: string }>(
      sql`select key_id, sealed from system_sealing_keys()`,
    ),
  );
  return rows
    .filter(({ key_id }) => !keyring.keys.has(key_id))
    .map(({ key_id, sealed }) => missingKey(key_id, Number(sealed)));
}

/** @param values how many values cannot be opened without the key */
export function missingKey(keyId: string, values: number): string {
  // An id is what stands in the database, which a broken blob may have filled with anything.
  const shown = /^[a-z0-9]{1,16}$/.test(keyId) ? keyId : '(unreadable)';
  return `The envelope key ${shown} seals ${values} ${values === 1 ? 'value' : 'values'} and is not among the keys of SIGNALBOX_KEYS.`;
}
