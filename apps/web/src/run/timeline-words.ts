import { formatAbsolute, formatDuration } from '../clock/format-time.ts';
import { lengthOf, type TimelineRow, type TimelineSegment, waitKinds } from './timeline-model.ts';

export const kindWords = {
  queued: 'queued',
  waiting: 'waiting',
  retry: 'between tries',
  working: 'working',
} as const;

export const stateWords: Readonly<Record<TimelineRow['state'], string>> = {
  done: 'Done',
  failed: 'Failed',
  interrupted: 'Interrupted',
  running: 'Running',
};

type Zone = 'local' | 'utc';

/** `14:02:11.250`, so that short steps can be told apart. */
function exact(moment: number, zone: Zone): string {
  const clock = formatAbsolute(moment, zone).slice(11, 19);
  return `${clock}.${String(new Date(moment).getMilliseconds()).padStart(3, '0')}`;
}

/** A stretch of time in words: how long, from when to when. */
export function stretchText(
  { from, to }: { from: string; to?: string | undefined },
  now: number,
  zone: Zone,
): string {
  const start = Date.parse(from);
  const end = to === undefined ? Math.max(now, start) : Date.parse(to);
  const until = to === undefined ? 'now' : exact(end, zone);
  const suffix = zone === 'utc' ? ' UTC' : '';
  return `${formatDuration(end - start)}, ${exact(start, zone)} to ${until}${suffix}`;
}

export function segmentText(segment: TimelineSegment, now: number, zone: Zone): string {
  const cause = segment.causeLabel === undefined ? '' : ` (${segment.causeLabel.toLowerCase()})`;
  return `${kindWords[segment.kind]}${cause} ${stretchText(segment, now, zone)}`;
}

/** How long a row worked, from when to when, and what came before. */
export function timesText(row: TimelineRow, now: number, zone: Zone): string {
  const waited = lengthOf(row.segments, waitKinds, now);
  return [
    `worked ${stretchText(row, now, zone)}`,
    ...(waited > 0 ? [`after ${formatDuration(waited)} of waiting`] : []),
    ...(row.continued ? ['goes on with what the worker before had begun'] : []),
  ].join('; ');
}

/** Everything about a row in one sentence. */
export function rowText(row: TimelineRow, now: number, zone: Zone): string {
  const parts = [`${row.label}, attempt ${row.attempt}`, stateWords[row.state].toLowerCase()];
  const message = row.message === undefined ? [] : [row.message];
  return [...parts, timesText(row, now, zone), ...message].join('; ');
}
