import { type InfiniteData, infiniteQueryOptions } from '@tanstack/react-query';
import { api, queryClient } from '../client/api.ts';
import { type ItemResult, patchItems } from './items-model.ts';
import type { ItemView } from './run-view.ts';
import type { RunSearch } from './search.ts';

interface ItemsPage {
  items: ItemView[];
  nextCursor: string | null;
}
type ItemsData = InfiniteData<ItemsPage, string | null>;

function fetchPage(id: number, outcome: RunSearch['outcome'], cursor: string | null): Promise<ItemsPage> {
  return api.run.items.query({
    id,
    limit: 200,
    ...(outcome === undefined ? {} : { outcome }),
    ...(cursor === null ? {} : { cursor }),
  });
}

/** Items of a run in their order, page by page. */
export function itemsQuery(id: number, outcome: RunSearch['outcome']) {
  return infiniteQueryOptions({
    queryKey: ['run-items', id, outcome ?? 'all'],
    queryFn: ({ pageParam }) => fetchPage(id, outcome, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** All items of a run, however many pages they fill. */
export async function allItems(id: number, outcome: RunSearch['outcome']): Promise<ItemView[]> {
  const items: ItemView[] = [];
  for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
    const page: ItemsPage = await fetchPage(id, outcome, cursor);
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

/** Writes results that came with an event into the lists where their items stand. */
export function showResults(id: number, results: readonly ItemResult[]): void {
  queryClient.setQueriesData<ItemsData>({ queryKey: ['run-items', id] }, (data) =>
    data === undefined
      ? data
      : { ...data, pages: data.pages.map((page) => ({ ...page, items: patchItems(page.items, results) })) },
  );
}

/**
 * Brings the open lists up to date while a run works. In the whole list items keep their places and only the last
 * page can grow, so a run of thousands of items costs one request; a filtered list is read again.
 */
export async function refreshItems(id: number): Promise<void> {
  const all = ['run-items', id, 'all'];
  void queryClient.invalidateQueries({
    queryKey: ['run-items', id],
    predicate: ({ queryKey }) => queryKey[2] !== 'all',
  });
  const cursor = queryClient.getQueryData<ItemsData>(all)?.pageParams.at(-1);
  if (cursor === undefined) return queryClient.invalidateQueries({ queryKey: all });
  const page = await fetchPage(id, undefined, cursor).catch(() => null);
  if (page === null) return;
  queryClient.setQueryData<ItemsData>(all, (data) =>
    data === undefined
      ? data
      : { ...data, pages: data.pages.map((old, at) => (data.pageParams[at] === cursor ? page : old)) },
  );
}
