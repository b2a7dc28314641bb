import { type RunStatus, statusMeaning } from '@signalbox/domain/run/lifecycle';

/** The words the console shows; several states of the lifecycle share one. */
export type StatusWord =
  | 'Queued'
  | 'Waiting'
  | 'Running'
  | 'Succeeded'
  | 'Partial'
  | 'Failed'
  | 'Cancelled'
  | 'Rejected'
  | 'Expired'
  | 'Vetoed';

/** The shape of the icon, so that colour is never the only sign. */
export type StatusShape = 'circle' | 'hourglass' | 'half-circle' | 'tick' | 'half-tick' | 'cross' | 'bar';

export type StatusTone = 'idle' | 'lunar' | 'accent' | 'clear' | 'caution' | 'stop';

export interface StatusView {
  readonly word: StatusWord;
  readonly shape: StatusShape;
  readonly tone: StatusTone;
  /** What this state means and who moves the run on. */
  readonly meaning: string;
}

const views: Record<RunStatus, Omit<StatusView, 'meaning'>> = {
  pending: { word: 'Queued', shape: 'circle', tone: 'idle' },
  queued: { word: 'Queued', shape: 'circle', tone: 'idle' },
  running: { word: 'Running', shape: 'half-circle', tone: 'accent' },
  awaiting_approval: { word: 'Waiting', shape: 'hourglass', tone: 'lunar' },
  succeeded: { word: 'Succeeded', shape: 'tick', tone: 'clear' },
  partial: { word: 'Partial', shape: 'half-tick', tone: 'caution' },
  failed: { word: 'Failed', shape: 'cross', tone: 'stop' },
  cancelled: { word: 'Cancelled', shape: 'bar', tone: 'idle' },
  rejected: { word: 'Rejected', shape: 'bar', tone: 'idle' },
  expired: { word: 'Expired', shape: 'bar', tone: 'idle' },
  vetoed: { word: 'Vetoed', shape: 'bar', tone: 'stop' },
};

/** Causes for which a queued run is not merely next in line but waits for something. */
const waitingCauses = new Set(['throttled', 'waiting_to_retry', 'scope_busy', 'approval_required']);

/** How a state is shown. `waitCause` is the reason code the API gives for a run that does not move. */
export function statusView(status: RunStatus, waitCause: string | null = null): StatusView {
  const meaning = statusMeaning[status];
  if (status === 'queued' && waitCause !== null && waitingCauses.has(waitCause)) {
    return { word: 'Waiting', shape: 'hourglass', tone: 'lunar', meaning };
  }
  return { ...views[status], meaning };
}
