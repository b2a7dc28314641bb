import type { overviewParts } from '@signalbox/contracts/overview/get-overview';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { queryClient, trpc } from '../client/api.ts';
import { isPaused } from '../live/live-stream.ts';
import { useLiveEvents, usePollWhenDown } from '../live/use-live.ts';

type Part = (typeof overviewParts)[number];

/** Ages and silent workers change without an event, so every part is asked again now and then, ms. */
const everyMs = 30_000;
/** However much happens, the page asks no more often than this, ms: a number that flickers tells nobody anything. */
const calmMs = 2_500;

/** One part of the overview, asked on its own: when it fails, the others live on. */
export function useOverviewPart(part: Part) {
  const whenDown = usePollWhenDown();
  return useQuery(
    trpc.overview.get.queryOptions(
      { parts: part },
      { refetchInterval: whenDown === false ? everyMs : whenDown },
    ),
  );
}

/** Asks all parts again soon after a run has changed, at most once in a while. */
export function useLiveOverview(): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLiveEvents((event) => {
    if (event.kind !== 'run' || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      // A pause that began meanwhile holds this too; what is missed is asked when it ends.
      if (isPaused()) return;
      void queryClient.invalidateQueries({ queryKey: trpc.overview.get.queryKey() });
    }, calmMs);
  });
}
