import type { LiveEvent } from '@signalbox/contracts/run/live-events';
import { holdClock } from '../clock/server-clock.ts';
import { afterSignal, initialLive, type LiveSignal, type LiveState, retryDelay } from './live-model.ts';

/** The run a page watches closely, and the last event it was drawn with. */
export interface Watch {
  readonly runId: number;
  readonly after: number;
}

interface StreamHandlers {
  onStarted: () => void;
  onData: (data: { id: string; data: LiveEvent }) => void;
  onConnecting: () => void;
  onEnd: () => void;
}

/** Opens the one stream and returns what closes it. */
export type OpenStream = (
  input: { runId?: number; after?: number; lastEventId?: string },
  handlers: StreamHandlers,
) => () => void;

const pauseKey = 'signalbox.paused';
/** A hidden tab keeps its stream this long, ms; then it lets go of the connection until it is seen again. */
const hiddenGraceMs = 60_000;
/** A stream that has not spoken by then counts as lost, ms: some proxies gather an answer before they hand it on. */
const openWithinMs = 10_000;

const stateListeners = new Set<() => void>();
const eventListeners = new Set<(event: LiveEvent) => void>();
const caughtUpListeners = new Set<() => void>();
let state: LiveState = initialLive;
let open: OpenStream | null = null;
let close: (() => void) | null = null;
let watch: Watch | null = null;
let lastEventId: string | undefined;
let failures = 0;
/** Whether something may have happened that no event told of. */
let missed = false;
let openTimer: ReturnType<typeof setTimeout> | undefined;
let retryTimer: ReturnType<typeof setTimeout> | undefined;
let hiddenTimer: ReturnType<typeof setTimeout> | undefined;

function signal(next: LiveSignal) {
  state = afterSignal(state, next);
  missed ||= state.behindSince !== null;
  for (const tell of stateListeners) tell();
}

function stop() {
  clearTimeout(openTimer);
  clearTimeout(retryTimer);
  close?.();
  close = null;
}

function start() {
  stop();
  if (open === null || state.paused) return;
  signal({ kind: 'started' });
  const input = {
    ...(watch === null ? {} : { runId: watch.runId, after: watch.after }),
    ...(lastEventId === undefined ? {} : { lastEventId }),
  };
  let current = true;
  const lost = () => {
    if (!current) return;
    failures += 1;
    signal({ kind: 'lost', at: Date.now() });
  };
  const again = () => {
    lost();
    if (current) retryTimer = setTimeout(start, retryDelay(failures));
  };
  openTimer = setTimeout(again, openWithinMs);
  const shut = open(input, {
    onStarted: () => {
      if (!current) return;
      clearTimeout(openTimer);
      failures = 0;
      signal({ kind: 'opened' });
    },
    onData: ({ id, data }) => {
      if (!current) return;
      lastEventId = id;
      for (const tell of eventListeners) tell(data);
      if (data.kind === 'hello' && missed) {
        missed = false;
        for (const tell of caughtUpListeners) tell();
      }
    },
    onConnecting: () => {
      // The browser tries again by itself, and may find a server that accepts and says nothing.
      clearTimeout(openTimer);
      openTimer = setTimeout(again, openWithinMs);
      lost();
    },
    onEnd: () => {
      clearTimeout(openTimer);
      again();
    },
  });
  close = () => {
    current = false;
    shut();
  };
}

/** Begins to stream, with a way to open the stream. Called once for a signed-in tab. */
export function startLive(opener: OpenStream): () => void {
  open = opener;
  let paused = false;
  try {
    paused = sessionStorage.getItem(pauseKey) === 'yes';
  } catch {
    // Without storage a pause lasts until the page is loaded again.
  }
  if (paused) signal({ kind: 'paused', at: Date.now() });
  holdClock(paused);
  start();
  return () => {
    stop();
    open = null;
    watch = null;
    lastEventId = undefined;
    signal({ kind: 'stopped' });
  };
}

/** Watches one run closely, or none. The stream is opened anew, since its question has changed. */
export function watchRun(next: Watch | null): void {
  if (next === null && watch === null) return;
  watch = next;
  lastEventId = undefined;
  start();
}

/** Lets go of the stream until `wake`. Not lost, which would set views to asking by themselves for nobody. */
export function rest(): void {
  stop();
  signal({ kind: 'rested', at: Date.now() });
}

/** Opens the stream again after a rest. */
export function wake(): void {
  if (close === null) start();
}

/** Tries again at once where the stream is lost: the network is back, or somebody asks for it. */
export function reconnect(): void {
  if (state.phase === 'down') start();
}

/** Holds everything still, or lets it move again. Remembered for this tab. */
export function setPaused(paused: boolean): void {
  try {
    sessionStorage.setItem(pauseKey, paused ? 'yes' : 'no');
  } catch {
    // See startLive.
  }
  signal({ kind: paused ? 'paused' : 'resumed', at: Date.now() });
  holdClock(paused);
  if (paused) stop();
  else start();
}

export function isPaused(): boolean {
  return state.paused;
}

export function liveState(): LiveState {
  return state;
}

export function onLiveState(tell: () => void): () => void {
  stateListeners.add(tell);
  return () => stateListeners.delete(tell);
}

export function onLiveEvent(tell: (event: LiveEvent) => void): () => void {
  eventListeners.add(tell);
  return () => eventListeners.delete(tell);
}

/** Calls back when the stream is open again after a pause, a loss or a rest: what is shown may be older than that. */
export function onCaughtUp(tell: () => void): () => void {
  caughtUpListeners.add(tell);
  return () => caughtUpListeners.delete(tell);
}

if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiddenTimer);
    if (document.hidden) {
      hiddenTimer = setTimeout(rest, hiddenGraceMs);
    } else wake();
  });
}
