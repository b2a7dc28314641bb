import { type AnyColumn, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { NameCursor } from './tenants.ts';

/** Whether a list also shows what is no longer there. */
export type RemovedFilter = 'without' | 'with' | 'only';

/** Part of a text, taken literally: `position` knows no wildcards, so `%` and `_` stand for themselves. */
export function contains(column: AnyColumn, search: string | undefined): SQL | undefined {
  return search === undefined ? undefined : sql`position(lower(${search}) in lower(${column})) > 0`;
}

/** What stands behind a place in a list that is ordered by name. */
export function afterName(
  columns: { readonly name: AnyColumn; readonly id: AnyColumn },
  cursor: NameCursor | null,
): SQL | undefined {
  return cursor === null
    ? undefined
    : sql`(${columns.name}, ${columns.id}) > (${cursor.name}, ${cursor.id}::bigint)`;
}

/** What is there, what is gone, or both. */
export function removedIs(column: AnyColumn, filter: RemovedFilter): SQL | undefined {
  if (filter === 'with') return undefined;
  return filter === 'only' ? isNotNull(column) : isNull(column);
}
