import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isPaused } from '../live/live-stream.ts';
import { type LogFilter, type LogLine, type LogTail, lineOf, passes } from './log-model.ts';
import { readLines, searchInput } from './log-query.ts';

/** Of a search at most this many lines are kept; whoever has more must narrow it. */
export const mostMatches = 5_000;

interface Found {
  readonly lines: readonly LogLine[];
  /** The last line that was looked at. */
  readonly upTo: number;
  readonly complete: boolean;
}

function matchesQuery(id: number, filter: LogFilter) {
  return queryOptions({
    queryKey: ['run-log-matches', id, searchInput(filter)] as const,
    queryFn: async (): Promise<Found> => {
      const lines: LogLine[] = [];
      let upTo = 0;
      for await (const page of readLines(id, filter)) {
        lines.push(...page.items.map(lineOf));
        upTo = page.lastLine;
        if (page.nextLine !== null && lines.length >= mostMatches) return { lines, upTo, complete: false };
      }
      return { lines, upTo, complete: true };
    },
    staleTime: 30_000,
    gcTime: 20_000,
    placeholderData: keepPreviousData,
    structuralSharing: false,
  });
}

/** Lines that match, those included that came after the search; null while nothing is looked for. */
export function useMatches(
  id: number,
  filter: LogFilter,
  { wanted, tail }: { wanted: boolean; tail: LogTail },
) {
  const query = useQuery({ ...matchesQuery(id, filter), enabled: wanted });
  const { data, refetch } = query;
  const first = tail.lines[0]?.number ?? tail.lastLine + 1;
  // What came since is found in the tail, as long as the tail reaches back to where the search ended.
  const behind = wanted && data?.complete === true && first > data.upTo + 1;
  useEffect(() => {
    if (behind && !isPaused()) void refetch();
  }, [behind, refetch]);
  if (!wanted) return null;
  const fresh =
    data?.complete === true
      ? tail.lines.filter((line) => line.number > data.upTo && passes(line, filter))
      : [];
  const last = data?.lines.at(-1)?.number ?? 0;
  return {
    lines: [...(data?.lines ?? []), ...fresh.filter(({ number }) => number > last)],
    complete: data?.complete !== false,
    pending: query.isPending || query.isPlaceholderData,
    error: query.error,
  };
}

export type Matches = NonNullable<ReturnType<typeof useMatches>>;
