import type { LiveEvent } from '@signalbox/contracts/run/live-events';
import type { RunSummary } from '@signalbox/contracts/run/run-summary';
import { useRef, useState } from 'react';
import { queryClient, trpc } from '../client/api.ts';
import { useLiveEvents } from '../live/use-live.ts';
import { matches, patchRow, traitsOfHint } from './live-rows.ts';
import type { filterInput, listInput } from './runs-search.ts';

interface Asked {
  readonly list: ReturnType<typeof listInput>;
  readonly filter: ReturnType<typeof filterInput>;
  /** The user `me` stands for. */
  readonly me: string | null;
}

interface RunsAnswer {
  items: RunSummary[];
  nextCursor: string | null;
  previousCursor: string | null;
}

/**
 * Keeps a list of runs true while it is read: rows are patched where they stand, and runs that would appear on top
 * are only counted. After a reconnect the rows are asked again, since hints may have been missed.
 */
export function useLiveRows({ list, filter, me }: Asked, answer: RunsAnswer | undefined) {
  const [fresh, setFresh] = useState<{ of: string; ids: ReadonlySet<number> }>({ of: '', ids: new Set() });
  const opened = useRef(false);
  const key = trpc.run.list.queryKey(list);
  const of = JSON.stringify(list);
  const newest = Math.max(0, ...(answer?.items ?? []).map(({ id }) => id));
  // Whatever the list shows by now is no longer news.
  const count = fresh.of === of ? [...fresh.ids].filter((id) => id > newest).length : 0;

  useLiveEvents((event: LiveEvent) => {
    if (event.kind === 'hello') {
      // The first greeting comes with the page itself; later ones follow a gap.
      if (opened.current) void queryClient.invalidateQueries({ queryKey: key });
      opened.current = true;
      return;
    }
    if (event.kind !== 'run' || answer === undefined) return;
    const run = traitsOfHint(event);
    if (list.cursor === undefined && run.id > newest) {
      setFresh((old) => {
        const ids = new Set(old.of === of ? old.ids : []);
        // A new run that has moved on may have begun to match, or ceased to.
        if (matches(filter, run, me)) ids.add(run.id);
        else ids.delete(run.id);
        return { of, ids };
      });
    }
    queryClient.setQueryData(key, (old) =>
      old === undefined ? old : { ...old, items: old.items.map((row) => patchRow(row, event)) },
    );
  });
  return count;
}
