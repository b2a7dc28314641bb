import { useSyncExternalStore } from 'react';
import { liveState, onLiveState } from '../live/live-stream.ts';

/** How often a receipt asks how far it is, ms: while there is something to come, and never while all is paused. */
export function useBulkPoll(working: boolean): number | false {
  const { paused } = useSyncExternalStore(onLiveState, liveState);
  return working && !paused ? 2_000 : false;
}
