import { useSyncExternalStore } from 'react';
import { nothing, type Selection } from './selection-model.ts';

// Beside the pages, so that it survives paging, a look at a run and the way back. A filter has a choice of its own.
const chosen = new Map<string, Selection>();
const listeners = new Set<() => void>();

/** What is chosen of the runs a filter gives, for as long as the tab lives. */
export function useSelection(of: string): readonly [Selection, (next: Selection) => void] {
  const selection = useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => chosen.get(of) ?? nothing,
  );
  const choose = (next: Selection) => {
    chosen.set(of, next);
    for (const tell of listeners) tell();
  };
  return [selection, choose];
}
