import { queryOptions } from '@tanstack/react-query';
import { api, queryClient } from '../client/api.ts';
import { appendChunks, emptyTail, type LogTail } from './log-model.ts';
import type { LogChunkView } from './run-view.ts';

/** Where the log of a run is kept; invalidating it reads on from the last chunk. */
export function logKey(id: number) {
  return ['run-log', id] as const;
}

/** The log of a run so far. Each reading continues after what is there. */
export function logQuery(id: number) {
  return queryOptions({
    queryKey: logKey(id),
    queryFn: async (): Promise<LogTail> => {
      let tail = queryClient.getQueryData<LogTail>(logKey(id)) ?? emptyTail;
      for (;;) {
        const { items, lastSeq } = await api.run.logs.query({ id, after: tail.lastSeq, limit: 100 });
        tail = appendChunks(tail, items);
        if (items.length === 0 || tail.lastSeq >= lastSeq) return tail;
      }
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
