import { useSyncExternalStore } from 'react';

/** What stands in front of every page, one at a time. */
export type Overlay = 'palette' | 'shortcuts' | 'menu' | 'workspace' | null;

let shown: Overlay = null;
const listeners = new Set<() => void>();

/** Shows an overlay in place of the one before, or with null none. */
export function showOverlay(next: Overlay): void {
  shown = next;
  for (const tell of listeners) tell();
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export function useOverlay(): Overlay {
  return useSyncExternalStore(subscribe, () => shown);
}
