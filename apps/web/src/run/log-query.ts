import { queryOptions } from '@tanstack/react-query';
import { api, queryClient } from '../client/api.ts';
import { appendChunks, emptyTail, type LogBlock, type LogFilter, type LogTail, lineOf } from './log-model.ts';
import type { LogChunkView } from './run-view.ts';

/** Where the end of a run's log is kept; invalidating it reads on from the last chunk. */
export function logKey(id: number) {
  return ['run-log', id] as const;
}

/** A number behind every chunk there can be. */
const end = 2_147_483_647;
const pageChunks = 100;

/** The end of a run's log. Each reading continues after what is there; one that fell far behind begins anew. */
export function logQuery(id: number) {
  return queryOptions({
    queryKey: logKey(id),
    queryFn: async (): Promise<LogTail> => {
      const known = queryClient.getQueryData<LogTail>(logKey(id)) ?? emptyTail;
      if (known.lastSeq > 0) {
        const { items } = await api.run.logs.query({ id, after: known.lastSeq, limit: pageChunks });
        if (items.length < pageChunks) return appendChunks(known, items);
      }
      const page = await api.run.logs.query({ id, before: end, limit: pageChunks });
      const tail = appendChunks(known, page.items);
      return tail.firstLine === page.firstLine ? tail : { ...tail, firstLine: page.firstLine };
    },
    structuralSharing: false,
  });
}

/** Adds a piece that came with an event. False when the log is being read just now and must be read on instead. */
export function appendToLog(id: number, chunk: LogChunkView): boolean {
  const state = queryClient.getQueryState<LogTail>(logKey(id));
  if (state?.data === undefined) return true;
  if (state.fetchStatus !== 'idle') return false;
  queryClient.setQueryData<LogTail>(logKey(id), (tail) =>
    tail === undefined ? tail : appendChunks(tail, [chunk]),
  );
  return true;
}

/** Older lines, kept for a short while after they were looked at. A log only grows, so they never change. */
export function blockQuery(id: number, { from, to }: LogBlock) {
  return queryOptions({
    queryKey: ['run-log-block', id, from, to] as const,
    queryFn: async () => {
      const { items } = await api.run.searchLog.query({ id, afterLine: from - 1, limit: to - from + 1 });
      return items.map(lineOf);
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 20_000,
  });
}

/** What a filter asks the API for. */
export function searchInput(filter: LogFilter) {
  return {
    ...(filter.q === undefined ? {} : { q: filter.q }),
    ...(filter.level === undefined ? {} : { level: filter.level }),
    ...(filter.step === undefined ? {} : { step: filter.step }),
  };
}

/** Lines of a log page by page, oldest first, as many pages as are asked for. */
export async function* readLines(id: number, filter: LogFilter, from = 1) {
  for (let afterLine: number | null = from - 1; afterLine !== null; ) {
    const page: Awaited<ReturnType<typeof api.run.searchLog.query>> = await api.run.searchLog.query({
      id,
      ...searchInput(filter),
      afterLine,
      limit: 1_000,
    });
    yield page;
    afterLine = page.nextLine;
  }
}
