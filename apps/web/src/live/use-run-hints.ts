import type { RunHint } from '@signalbox/contracts/run/live-events';
import { useEffect, useRef } from 'react';
import { isPaused } from './live-stream.ts';
import { useLiveEvents } from './use-live.ts';

/** How long hints are gathered before a page asks anew, ms: a run that works says much. */
const gatherMs = 700;

/** Asks anew soon after a run that matters here has changed, once for many changes; never during a pause. */
export function useRunHints(matters: (hint: RunHint) => boolean, ask: () => void): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLiveEvents((event) => {
    if (event.kind !== 'run' || timer.current !== undefined || !matters(event)) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      if (!isPaused()) ask();
    }, gatherMs);
  });
}
