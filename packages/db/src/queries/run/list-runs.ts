import type { Principal } from '@signalbox/domain/access/principal';
import { and, asc, desc, inArray, type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { runs } from '../../schema/run.ts';
import { planForValues, type RunFilter, runsMeant } from './run-filter.ts';
import { type RunRecord, selectRuns } from './run-record.ts';

/** A place in the list: the row a page begins after, on the way to older or to newer runs. */
export interface RunCursor {
  /** ISO 8601 with the database's full precision, so that no row is skipped or repeated. */
  readonly createdAt: string;
  readonly id: number;
  readonly toward: 'older' | 'newer';
}

export interface RunPage {
  readonly items: RunRecord[];
  /** Where older runs go on; null when there are none. */
  readonly next: RunCursor | null;
  /** Where newer ones go on; null when there are none. */
  readonly previous: RunCursor | null;
}

/**
 * A page of runs, newest first, by keyset over (created, id): a deep page costs what the first one does. The same
 * keyset read the other way leads back.
 */
export async function listRuns(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: { readonly filter: RunFilter; readonly cursor: RunCursor | null; readonly limit: number },
): Promise<RunPage> {
  await planForValues(tx);
  const back = ask.cursor?.toward === 'newer';
  const order = back ? asc : desc;
  const rows = await selectRuns(tx)
    .where(and(runsMeant(tx, principal, ask.filter), beyond(ask.cursor)))
    .orderBy(order(runs.createdAt), order(runs.id))
    .limit(ask.limit + 1);
  const more = rows.length > ask.limit;
  const shown = rows.slice(0, ask.limit);
  const items = back ? shown.reverse() : shown;
  const places = await placesOf(tx, items);
  // Whoever came from one side knows that there is something on that side.
  return {
    items,
    next: more || back ? places.next : null,
    previous: (back ? more : ask.cursor !== null) ? places.previous : null,
  };
}

async function placesOf(tx: WorkspaceTransaction, items: readonly RunRecord[]) {
  const [newest, oldest] = [items.at(0), items.at(-1)];
  if (newest === undefined || oldest === undefined) return { next: null, previous: null };
  const exact = await tx.query
    .select({
      id: runs.id,
      createdAt: sql<string>`to_char(${runs.createdAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    })
    .from(runs)
    .where(inArray(runs.id, [newest.id, oldest.id]));
  const place = (run: RunRecord, toward: RunCursor['toward']): RunCursor => {
    const found = exact.find(({ id }) => id === run.id);
    return { id: run.id, createdAt: found?.createdAt ?? run.createdAt.toISOString(), toward };
  };
  return { next: place(oldest, 'older'), previous: place(newest, 'newer') };
}

function beyond(cursor: RunCursor | null): SQL | undefined {
  if (cursor === null) return undefined;
  const place = sql`(${cursor.createdAt}::timestamptz, ${cursor.id}::bigint)`;
  const here = sql`(${runs.createdAt}, ${runs.id})`;
  return cursor.toward === 'newer' ? sql`${here} > ${place}` : sql`${here} < ${place}`;
}
