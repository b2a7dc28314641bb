import { parseSearch, stringifySearch } from '../app/search-codec.ts';
import { api } from '../client/api.ts';
import { serverNow } from '../clock/server-clock.ts';
import { anchorOf } from './list-anchor.ts';
import { type ListContext, rememberList } from './list-context.ts';
import type { Way } from './neighbours-model.ts';
import { filterText, listInput, runsSearch } from './runs-search.ts';

/**
 * Reads the page of the same list behind one of its ends and remembers it, so that the way back leads there. Gives
 * the run at its nearer end, or null when the list has ended meanwhile.
 */
export async function turnPage(
  list: ListContext,
  way: Extract<Way, { cursor: string }>,
): Promise<number | null> {
  const raw = { ...parseSearch(list.search), cursor: way.cursor };
  const search = runsSearch.parse(raw);
  const page = await api.run.list.query(listInput(search, anchorOf(filterText(search), serverNow())));
  const ids = page.items.map(({ id }) => id);
  if (ids.length === 0) return null;
  rememberList({
    ws: list.ws,
    search: stringifySearch(raw),
    ids,
    nextCursor: page.nextCursor,
    previousCursor: page.previousCursor,
  });
  return (way.end === 'first' ? ids[0] : ids.at(-1)) ?? null;
}
