import type { RunStatus } from '../run/lifecycle.ts';
import { type Place, placeOf } from './place.ts';

/** Runs that a number of the overview counts. The list behind the number is asked for the very same. */
export interface CountedRuns {
  readonly statuses?: readonly RunStatus[];
  /** Ended within so many hours before now. */
  readonly endedHours?: number;
}

/**
 * What the overview counts. "Since last visit" would be another number for each tab and each person, gone after one
 * look; the last 24 hours are the same for everybody, and their list can be sent to somebody else.
 */
export const countedRuns = {
  running: { statuses: ['running'] },
  queued: { statuses: ['queued'] },
  troubled: { statuses: ['failed', 'partial'], endedHours: 24 },
  ended: { endedHours: 1 },
} as const satisfies Record<string, CountedRuns>;

/** The list that shows exactly these runs. */
export function runsPlace({ statuses, endedHours }: CountedRuns): Place {
  return placeOf('/runs', {
    ...(statuses !== undefined && { status: statuses.join(',') }),
    ...(endedHours !== undefined && { ended: `${endedHours}h` }),
  });
}

export function runPlace(runId: number): Place {
  return placeOf(`/runs/${runId}`);
}

/** A count that stops somewhere: more than the cap is not counted on, only said. */
export interface Counted {
  readonly n: number;
  /** There are more than `n`. */
  readonly more: boolean;
}

/** Where counting stops. */
export const countCap = 1_000;

export function counted(found: number): Counted {
  return { n: Math.min(found, countCap), more: found > countCap };
}

/** `1 run`, `12 runs`, `1,000+ runs`. */
export function countText({ n, more }: Counted, [one, many]: readonly [string, string]): string {
  return `${n.toLocaleString('en')}${more ? '+' : ''} ${n === 1 && !more ? one : many}`;
}
