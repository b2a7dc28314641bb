import type { RunDeeds } from './run-deeds.ts';
import type { RunView } from './run-view.ts';
import type { RunSearch } from './search.ts';

/** What every part of a run is given. */
export interface TabProps {
  readonly run: RunView;
  readonly ws: string;
  /** Which items are shown; the page opens on the failed ones. */
  readonly outcome: RunSearch['outcome'];
  readonly deeds: RunDeeds;
}
