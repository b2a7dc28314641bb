import type { CountedRuns } from '@signalbox/domain/overview/counted-runs';
import type { RunFilter } from '../run/run-filter.ts';

const hourMs = 3_600_000;

/** Hours over which refused starts are counted. */
export const refusedHours = 24;

export function hoursBefore(now: Date, hours: number): Date {
  return new Date(now.getTime() - hours * hourMs);
}

/** What a number of the overview counts, as the filter of the list behind it. */
export function filterOf({ statuses, endedHours }: CountedRuns, now: Date): RunFilter {
  return { statuses, endedAfter: endedHours === undefined ? undefined : hoursBefore(now, endedHours) };
}
