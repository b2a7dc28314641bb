import type { LiveEvent } from '@signalbox/contracts/run/live-events';
import type { RunSummary } from '@signalbox/contracts/run/run-summary';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { queryClient, trpc } from '../client/api.ts';
import { isPaused } from '../live/live-stream.ts';
import { useLiveEvents, usePollWhenDown } from '../live/use-live.ts';
import { matches, patchRow, traitsOfHint } from './live-rows.ts';
import { refreshRows } from './refresh-rows.ts';
import type { filterInput, listInput } from './runs-search.ts';

interface Asked {
  readonly list: ReturnType<typeof listInput>;
  readonly filter: ReturnType<typeof filterInput>;
  /** The user `me` stands for. */
  readonly me: string | null;
}

interface Fresh {
  /** The list they belong to. */
  readonly of: string;
  readonly ids: ReadonlySet<number>;
  readonly more: boolean;
}

/**
 * Keeps a list of runs true while it is read: rows change where they stand, and runs that would appear on top are
 * only counted. After a gap in the stream, and while there is none, the rows are asked for again, in their places.
 */
export function useLiveRows({ list, filter, me }: Asked, rows: readonly RunSummary[] | undefined) {
  const of = JSON.stringify(list);
  const [fresh, setFresh] = useState<Fresh>({ of, ids: new Set(), more: false });
  const busy = useRef(false);
  const newest = Math.max(0, ...(rows ?? []).map(({ id }) => id));
  // Whatever the list shows by now is no longer news.
  const mine = fresh.of === of ? fresh : { ids: new Set<number>(), more: false };
  const count = [...mine.ids].filter((id) => id > newest).length;

  const look = async () => {
    if (busy.current || isPaused()) return;
    busy.current = true;
    try {
      const { ids, more } = await refreshRows(list);
      setFresh((old) => ({ of, ids: new Set([...(old.of === of ? old.ids : []), ...ids]), more }));
    } catch {
      // The list on screen stays; the header says that it is behind, and the next look tries again.
    } finally {
      busy.current = false;
    }
  };
  const latestLook = useEffectEvent(look);
  const pollMs = usePollWhenDown();
  useEffect(() => {
    if (pollMs === false) return;
    const timer = setInterval(() => void latestLook(), pollMs);
    return () => clearInterval(timer);
  }, [pollMs]);

  useLiveEvents((event: LiveEvent) => {
    if (event.kind === 'hello') {
      // The stream begins, or goes on after a gap: hints may have been missed.
      void look();
      return;
    }
    if (event.kind !== 'run' || rows === undefined) return;
    const run = traitsOfHint(event);
    if (list.cursor === undefined && run.id > newest) {
      setFresh((old) => {
        const ids = new Set(old.of === of ? old.ids : []);
        // A new run that has moved on may have begun to match, or ceased to.
        if (matches(filter, run, me)) ids.add(run.id);
        else ids.delete(run.id);
        return { of, ids, more: old.of === of && old.more };
      });
    }
    const key = trpc.run.list.queryKey(list);
    queryClient.setQueryData(key, (old) =>
      old === undefined ? old : { ...old, items: old.items.map((row) => patchRow(row, event)) },
    );
  });
  return { count, more: mine.more && count > 0, look };
}
