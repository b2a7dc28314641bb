import { type SQL, sql } from 'drizzle-orm';

/**
 * Rows as a set that a statement joins: `from ${recordset(rows, 'w (id bigint, name text)')}`. One parameter
 * whatever their number, so that one statement writes for many runs.
 */
export function recordset(rows: readonly object[], shape: string): SQL {
  return sql`jsonb_to_recordset(${JSON.stringify(rows, storable)}::jsonb) as ${sql.raw(shape)}`;
}

/** PostgreSQL keeps neither U+0000 nor half a surrogate pair; text from outside may hold both. */
function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\u{fffd}').toWellFormed() : value;
}

/** Ids as a `bigint[]`. */
export function bigints(ids: readonly number[]): SQL {
  return sql`${`{${ids.join(',')}}`}::bigint[]`;
}

/** Milliseconds as an `interval`. */
export function interval(milliseconds: number): SQL {
  return sql`${`${milliseconds} milliseconds`}::interval`;
}
