import type { RunSummary } from '@signalbox/contracts/run/run-summary';

/** What the table and the cards of the runs list are given. */
export interface RowsProps {
  readonly rows: readonly RunSummary[];
  readonly ws: string;
  readonly pageTick: 'all' | 'some' | 'none';
  readonly onTickPage: () => void;
  readonly isChosen: (id: number) => boolean;
  /** The run has left what the filter asks for since the list was drawn. */
  readonly isGone: (run: RunSummary) => boolean;
  /** The run whose panel is open. */
  readonly peek: number | null;
  /** Ticks a run; with `range` everything since the last one that was ticked. */
  readonly onTick: (id: number, range: boolean) => void;
  /** Opens the panel of a run beside the list. */
  readonly onPeek: (id: number) => void;
  /** The index of the row that has the focus, or -1. */
  readonly held: number;
}
