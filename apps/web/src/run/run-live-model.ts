import type { RunEvent } from '@signalbox/contracts/run/events';
import type { Run } from '@signalbox/contracts/run/run';
import { isTerminal } from '@signalbox/domain/run/lifecycle';

/** What follows from one event: the run as patched, and which parts must be read again. */
export interface EventEffect {
  readonly run: Run;
  /** False for an event already shown. */
  readonly isNew: boolean;
  /** Events are missing before this one, so nothing drawn from events can be trusted. */
  readonly gap: boolean;
  readonly reread: readonly RunPart[];
}

export type RunPart = 'run' | 'timeline' | 'items' | 'log';

const everything: readonly RunPart[] = ['run', 'timeline', 'items', 'log'];

/** The run with what an event says of it, and the parts whose truth the event does not carry. */
function patched(run: Run, event: RunEvent): { run: Run; reread: readonly RunPart[] } {
  switch (event.kind) {
    case 'state': {
      const ended = isTerminal(event.data.to);
      // When a run ends every part gets a last look, so that nothing on the page is older than the end.
      return {
        run: { ...run, status: event.data.to, ...(ended ? { finishedAt: event.at } : {}) },
        reread: ended ? everything : ['run', 'timeline'],
      };
    }
    case 'progress': {
      const { counts, progress, currentStep } = event.data;
      const grew = counts.total !== run.counts.total;
      return {
        run: {
          ...run,
          counts,
          progress: { ...progress, updatedAt: event.at },
          ...(currentStep ? { currentStep } : {}),
        },
        reread: grew ? ['items'] : [],
      };
    }
    case 'item':
      return {
        run: { ...run, counts: event.data.counts, progress: { ...run.progress, updatedAt: event.at } },
        reread: ['items'],
      };
    case 'step':
      return {
        run: { ...run, currentStep: event.data.name, progress: { updatedAt: event.at } },
        reread: ['timeline'],
      };
    case 'log':
      return { run, reread: [] };
    case 'request':
      return { run, reread: ['run'] };
  }
}

/**
 * Applies an event to the run on the page. `cursor` is the last event the stream gave: the run itself may be newer,
 * having been read again meanwhile, but the log and the items are drawn from the events and must miss none.
 */
export function applyEvent(run: Run, cursor: number, event: RunEvent): EventEffect {
  if (event.seq <= cursor) return { run, isNew: false, gap: false, reread: [] };
  const gap = event.seq > cursor + 1;
  const next = patched(run, event);
  const known = event.seq <= run.eventSeq;
  return {
    run: known ? run : { ...next.run, eventSeq: event.seq },
    isNew: true,
    gap,
    reread: gap ? everything : next.reread,
  };
}
