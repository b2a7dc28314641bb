import type { LiveEvent } from '@signalbox/contracts/run/live-events';
import type { RunSummary } from '@signalbox/contracts/run/run-summary';
import { useRef, useState } from 'react';
import { queryClient, trpc } from '../client/api.ts';
import { isNewFor, patchRow } from './run-live-model.ts';
import type { RunsSearch } from './search.ts';
import { listInput } from './search.ts';

interface RunsAnswer {
  items: RunSummary[];
  nextCursor: string | null;
}

/**
 * Keeps a list of runs true while it is read: rows are patched where they stand, runs that would appear on top are
 * only counted, and after a reconnect the list is asked again, since hints may have been missed.
 */
export function useLiveRows(search: RunsSearch, answer: RunsAnswer | undefined) {
  const [fresh, setFresh] = useState<ReadonlySet<number>>(new Set());
  const opened = useRef(false);
  const newest = Math.max(0, ...(answer?.items ?? []).map(({ id }) => id));
  // Whatever the list shows by now is no longer news.
  const count = [...fresh].filter((id) => id > newest).length;

  const take = (event: LiveEvent) => {
    const key = trpc.run.list.queryKey(listInput(search));
    if (event.kind === 'hello') {
      // The first greeting comes with the page itself; later ones follow a gap.
      if (opened.current) void queryClient.invalidateQueries({ queryKey: key });
      opened.current = true;
      return;
    }
    if (event.kind !== 'run') return;
    if (answer !== undefined && isNewFor(search, newest, event))
      setFresh((ids) => new Set(ids).add(event.id));
    queryClient.setQueryData(key, (old) =>
      old === undefined ? old : { ...old, items: old.items.map((row) => patchRow(row, event)) },
    );
  };
  return { fresh: count, take };
}
