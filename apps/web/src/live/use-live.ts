import type { LiveEvent } from '@signalbox/contracts/run/live-events';
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { useServerNow } from '../clock/server-clock.ts';
import { type LiveWord, liveWord } from './live-model.ts';
import { liveState, onLiveEvent, onLiveState } from './live-stream.ts';

/** The word in the header and since when the page may be behind. */
export function useLiveStatus(): { word: LiveWord; since: number | null } {
  const state = useSyncExternalStore(onLiveState, liveState);
  // Renders each second, so that "Reconnecting" becomes "Stale" in time.
  useServerNow();
  return { word: liveWord(state, Date.now()), since: state.behindSince };
}

/** How often a view should ask by itself, ms: never while the stream is open or everything is paused. */
export function usePollWhenDown(): number | false {
  const state = useSyncExternalStore(onLiveState, liveState);
  return !state.paused && state.phase === 'down' ? 5_000 : false;
}

/** Calls back with each event of the stream while the component is shown. */
export function useLiveEvents(take: (event: LiveEvent) => void): void {
  const latest = useEffectEvent(take);
  useEffect(() => onLiveEvent((event) => latest(event)), []);
}
