import type { BulkItemView, BulkView } from './bulk-view.ts';

export type BulkAction = BulkView['action'];

interface ActionWords {
  /** Heads the dialog, before the number of runs. */
  readonly ask: string;
  /** The button that does it. */
  readonly go: string;
  /** What it does, said before it is done. */
  readonly means: string;
}

export const actionWords: Readonly<Record<BulkAction, ActionWords>> = {
  cancel: {
    ask: 'Cancel',
    go: 'Cancel them',
    means:
      'A run that has not begun ends at once; one that works stops at its next step. What is done stays done.',
  },
  replay: {
    ask: 'Replay',
    go: 'Replay them',
    means:
      'Each becomes a new run with the same input, through the start gate. Runs of one protected scope start one after the other.',
  },
  retry_failed_items: {
    ask: 'Retry the failed items of',
    go: 'Retry them',
    means:
      'Each becomes a new run of only its failed items, through the start gate. Runs of one protected scope start one after the other.',
  },
};

/** "1 run", "37 runs", "1,204 runs". */
export function runsWords(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'run' : 'runs'}`;
}

export const itemStatuses = ['done', 'waiting', 'failed', 'skipped', 'aborted'] as const;
export type ItemStatus = BulkItemView['status'];

interface ItemStatusView {
  readonly word: string;
  readonly shape: 'tick' | 'hourglass' | 'cross' | 'bar';
  readonly ink: string;
  readonly fill: string;
}

export const itemStatusView: Readonly<Record<ItemStatus, ItemStatusView>> = {
  done: { word: 'Done', shape: 'tick', ink: 'text-clear', fill: 'bg-clear' },
  waiting: { word: 'Waiting', shape: 'hourglass', ink: 'text-lunar', fill: 'bg-transparent' },
  failed: { word: 'Failed', shape: 'cross', ink: 'text-stop', fill: 'bg-stop' },
  skipped: { word: 'Skipped', shape: 'bar', ink: 'text-idle', fill: 'bg-idle' },
  aborted: { word: 'Aborted', shape: 'bar', ink: 'text-caution', fill: 'bg-caution' },
};

/** Outcomes in the order in which the receipt names them. */
export const outcomeWords: Readonly<Record<NonNullable<BulkItemView['outcome']>, string>> = {
  accepted: 'accepted',
  deduped: 'deduped',
  scope_busy: 'scope busy',
  blocked: 'blocked',
  cancelled: 'cancelled',
  cancel_requested: 'asked to stop',
};
