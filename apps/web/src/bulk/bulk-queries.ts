import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../client/api.ts';
import type { BulkSearch } from './bulk-search.ts';
import type { BulkItemView } from './bulk-view.ts';

/** Whether something of a row may still change: it waits, or the run it made works. */
export function itemMoves({ status, run }: BulkItemView): boolean {
  return status === 'waiting' || (run !== undefined && !isTerminal(run.status));
}

/** The runs of a bulk action in their order, page by page; `poll` is how often, while something may change. */
export function bulkItemsQuery(id: number, shown: BulkSearch, poll: number | false) {
  const { status, outcome } = shown;
  return infiniteQueryOptions({
    queryKey: ['bulk-items', id, status ?? '', outcome ?? ''],
    queryFn: ({ pageParam }) =>
      api.bulk.items.query({
        id,
        limit: 100,
        ...(status !== undefined && { status }),
        ...(outcome !== undefined && { outcome }),
        ...(pageParam !== null && { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(itemMoves)) ? poll : false,
  });
}

/** Every run of a bulk action, whatever the page shows of them. */
export async function allBulkItems(id: number): Promise<BulkItemView[]> {
  const items: BulkItemView[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: BulkItemView[]; nextCursor: string | null } = await api.bulk.items.query({
      id,
      limit: 200,
      ...(cursor !== null && { cursor }),
    });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

/** Bulk actions, newest first, page by page. */
export function bulksQuery(poll: number | false) {
  return infiniteQueryOptions({
    queryKey: ['bulks'],
    queryFn: ({ pageParam }) =>
      api.bulk.list.query({ limit: 50, ...(pageParam !== null && { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status }) => status === 'working')) ? poll : false,
  });
}
