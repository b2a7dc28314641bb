import { useState } from 'react';
import { serverNow } from '../clock/server-clock.ts';
import { anchorOf, moveAnchor } from './list-anchor.ts';
import { filterInput, filterText, listInput, type RunsSearch } from './runs-search.ts';

/** What the list and its counts ask the API for, and the way to count relative ranges from now on. */
export function useListInput(search: RunsSearch) {
  const text = filterText(search);
  const [anchor, setAnchor] = useState({ text, at: anchorOf(text, serverNow()) });
  // A changed filter is counted from its own moment; state follows during the render, before anything is asked.
  const current = anchor.text === text ? anchor : { text, at: anchorOf(text, serverNow()) };
  if (current !== anchor) setAnchor(current);
  return {
    filter: filterInput(search, current.at),
    list: listInput(search, current.at),
    /** Renews the moment; a list with a relative range is asked for anew by that alone. */
    renew: () => {
      const now = serverNow();
      moveAnchor(text, now);
      setAnchor({ text, at: now });
    },
  };
}
