/** What the header says about the stream. Times are ms of the browser's clock. */
export interface LiveState {
  readonly phase: 'off' | 'connecting' | 'open' | 'down';
  /** Since when the page may be behind; null while the stream is open. */
  readonly behindSince: number | null;
  readonly paused: boolean;
}

export type LiveSignal =
  | { readonly kind: 'started' | 'opened' | 'stopped' }
  | { readonly kind: 'lost' | 'rested' | 'paused' | 'resumed'; readonly at: number };

export const initialLive: LiveState = { phase: 'off', behindSince: null, paused: false };

/** The next state after a signal. A pause outlives whatever the connection does meanwhile. */
export function afterSignal(state: LiveState, signal: LiveSignal): LiveState {
  switch (signal.kind) {
    case 'started':
      return { ...state, phase: state.phase === 'down' ? 'down' : 'connecting' };
    case 'opened':
      return { ...state, phase: 'open', behindSince: null };
    case 'lost':
      return { ...state, phase: 'down', behindSince: state.behindSince ?? signal.at };
    case 'rested':
      return { ...state, phase: 'off', behindSince: state.behindSince ?? signal.at };
    case 'stopped':
      return { ...state, phase: 'off' };
    case 'paused':
      return { phase: 'off', paused: true, behindSince: state.behindSince ?? signal.at };
    case 'resumed':
      return { ...state, paused: false };
  }
}

/** How long a lost stream counts as reconnecting before the page is called stale, ms. */
export const staleAfterMs = 10_000;

export type LiveWord = 'Live' | 'Paused' | 'Connecting' | 'Reconnecting' | 'Stale';

/** The word in the header. */
export function liveWord(state: LiveState, now: number): LiveWord {
  if (state.paused) return 'Paused';
  if (state.phase === 'open') return 'Live';
  if (state.behindSince === null) return 'Connecting';
  return now - state.behindSince >= staleAfterMs ? 'Stale' : 'Reconnecting';
}

/** How long to wait before the next try, ms: doubling from one second to half a minute. */
export function retryDelay(failures: number): number {
  return Math.min(30_000, 1_000 * 2 ** Math.max(0, failures - 1));
}
