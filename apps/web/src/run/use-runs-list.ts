import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import { meQuery } from '../access/session.ts';
import { trpc } from '../client/api.ts';
import { faultOf, problemOf } from '../client/problem-model.ts';
import { isPaused } from '../live/live-stream.ts';
import { rememberList } from './list-context.ts';
import { isNewVisit } from './list-visits.ts';
import { matches, traitsOfRow } from './live-rows.ts';
import { filterText, type RunsSearch } from './runs-search.ts';
import { useListInput } from './use-list-input.ts';
import { useLiveRows } from './use-live-rows.ts';

/** The list a search asks for, kept true in its place, and remembered for the pages it leads to. */
export function useRunsList(search: RunsSearch, ws: string) {
  const entry = useLocation({ select: ({ state }) => state.__TSR_index ?? 0 });
  // The location of a page that is about to be shown is known before this one has gone.
  const here = useLocation({
    select: ({ pathname, searchStr }) => (pathname.endsWith('/runs') ? searchStr : null),
  });
  const input = useListInput(search);
  const me = useQuery(meQuery()).data?.user.username ?? null;
  const runs = useQuery(
    trpc.run.list.queryOptions(input.list, {
      placeholderData: keepPreviousData,
      // The list moves when it is asked to, never because a tab was looked at again.
      meta: { standsStill: true },
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      // Asking a question again that took too long would take too long again.
      retry: (failures, error) =>
        problemOf(error)?.code !== 'timed_out' && faultOf(error).again && failures < 3,
    }),
  );
  const data = runs.isPlaceholderData ? undefined : runs.data;
  const fresh = useLiveRows({ ...input, me }, data?.items);

  const visit = `${filterText(search)} ${search.limit ?? ''} ${search.cursor ?? ''}`;
  const [had] = useState(() => runs.data !== undefined);
  const onVisit = useEffectEvent(() => {
    if (!isNewVisit(entry, visit)) {
      // Back from somewhere: the rows stand where they were, and are looked at again there.
      if (had) void fresh.look();
    } else if (!isPaused() && runs.data !== undefined && !runs.isPlaceholderData && !runs.isFetching)
      void runs.refetch();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a visit is an entry of the history and what it shows
  useEffect(() => onVisit(), [entry, visit]);

  useEffect(() => {
    if (data === undefined || here === null) return;
    const { nextCursor, previousCursor } = data;
    rememberList({ ws, search: here, ids: data.items.map(({ id }) => id), nextCursor, previousCursor });
  }, [data, here, ws]);

  return {
    runs,
    input,
    rows: runs.data?.items ?? [],
    fresh,
    /** Whether a row still is one the filter asks for; it stays until the list is asked for anew. */
    stillMatches: (row: Parameters<typeof traitsOfRow>[0]) => matches(input.filter, traitsOfRow(row), me),
    /** Asks for the newest runs. */
    renew: () => {
      input.renew();
      if (search.last === undefined && search.ended === undefined) void runs.refetch();
    },
  };
}
