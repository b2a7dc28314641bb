import type { QueryClient } from '@tanstack/react-query';
import { liveState, onLiveState, reconnect } from '../live/live-stream.ts';
import { faultOf } from './problem-model.ts';

/** Since when the server cannot be reached, ms of the browser's clock; null while it can. */
let lostSince: number | null = null;
const listeners = new Set<() => void>();

function note(reached: boolean): void {
  const next = reached ? null : (lostSince ?? Date.now());
  if (next === lostSince) return;
  lostSince = next;
  for (const tell of listeners) tell();
}

interface CacheEvent {
  readonly type: string;
  readonly action?: { readonly type: string; readonly error?: unknown };
}

/** What an answer, or the lack of one, says about the way to the server. */
function look({ type, action }: CacheEvent): void {
  if (type !== 'updated' || action === undefined) return;
  if (action.type === 'success') note(true);
  if (action.type !== 'failed' && action.type !== 'error') return;
  // Any answer, also a refusal, came from the server.
  note(faultOf(action.error).kind !== 'offline');
}

/** Watches whether questions are answered at all. Asks nothing by itself: the pages and the stream do. */
export function watchReach(client: QueryClient): void {
  client.getQueryCache().subscribe((event) => look(event as CacheEvent));
  client.getMutationCache().subscribe((event) => look(event as CacheEvent));
  onLiveState(() => {
    if (liveState().phase === 'open') note(true);
  });
  addEventListener('offline', () => note(false));
  addEventListener('online', () => {
    reconnect();
    // Where no stream is trying, nothing else would tell.
    if (liveState().phase !== 'down') note(true);
  });
}

/** Since when the server cannot be reached, for a component. */
export function lostReachSince(): number | null {
  return lostSince;
}

export function onReach(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}
