import type { RunEventBody, StateChange } from './events.ts';
import { isTerminal, type RunStatus } from './lifecycle.ts';

/** What is recorded of a step beside its events. */
export interface RecordedStart {
  readonly name: string;
  readonly attempt: number;
  /** Ms since 1970. */
  readonly startedAt: number;
}

/**
 * Events with the true beginnings of steps. An event has the time of the commit that carried it, and an intent that
 * need not wait for its commit may share it with its result; the record of the step knows when it really began.
 */
export function sharpened(events: readonly TimedEvent[], steps: readonly RecordedStart[]): TimedEvent[] {
  const starts = new Map(steps.map((step) => [`${step.attempt} ${step.name}`, step.startedAt]));
  const result = [...events];
  for (let at = result.length - 1; at >= 0; at--) {
    const event = result[at];
    if (event?.kind !== 'step' || event.data.state !== 'intent') continue;
    const key = `${event.data.attempt} ${event.data.name}`;
    const startedAt = starts.get(key);
    // Only the last beginning is recorded; an earlier worker's keeps the time of its event.
    starts.delete(key);
    if (startedAt !== undefined && startedAt < event.at) result[at] = { ...event, at: startedAt };
  }
  return result;
}

/** What a run did with its time: waited for a worker, for something else, or for its next try, or worked. */
export const segmentKinds = ['queued', 'waiting', 'retry', 'working'] as const;
export type SegmentKind = (typeof segmentKinds)[number];

/** A stretch of time. Times are milliseconds since 1970 on the database's clock. */
export interface Stretch {
  readonly from: number;
  /** Null while it goes on. */
  readonly to: number | null;
}

export interface Segment extends Stretch {
  readonly kind: SegmentKind;
  /** Why it waited: a code of the reason catalogue, as far as one was recorded. */
  readonly cause: string | null;
}

/** An event of a run with its time, ms. Only state changes and steps tell something about time. */
export type TimedEvent = Extract<RunEventBody, { kind: 'state' | 'step' }> & { readonly at: number };

export interface TimelineFacts {
  readonly createdAt: number;
  readonly finishedAt: number | null;
  /** In the order of their numbers. They may begin in the middle of a long history. */
  readonly events: readonly TimedEvent[];
}

/** The end of what is known: the end of the run, or now. */
export function endOf({ createdAt, finishedAt }: TimelineFacts, now: number): number {
  return Math.max(createdAt, finishedAt ?? now);
}

/**
 * Events with times that cannot contradict each other: none is before the run, after its end, or earlier than the
 * one before it, and the last one is the end. A transaction may stamp an event apart from the row it changed.
 */
export function settled(facts: TimelineFacts, now: number): TimedEvent[] {
  const last = endOf(facts, now);
  let reached = facts.createdAt;
  return facts.events.map((event) => {
    const ends = event.kind === 'state' && isTerminal(event.data.to);
    reached = ends ? last : Math.min(last, Math.max(reached, event.at));
    return { ...event, at: reached };
  });
}

/**
 * How the time of the whole run was spent, without a gap and without an overlap: the lengths add up to its wall time
 * to the millisecond. The last one goes on while the run has not ended.
 */
export function segmentsOf(facts: TimelineFacts, now: number): Segment[] {
  const end = endOf(facts, now);
  const changes = settled(facts, now).filter((event) => event.kind === 'state');
  const segments: Segment[] = [];
  let from = facts.createdAt;
  let state: Pick<StateChange, 'to' | 'reason' | 'wakeAt'> = { to: changes[0]?.data.from ?? 'queued' };
  const close = (to: number): void => {
    for (const part of split(state, from, to)) add(segments, part);
    from = to;
  };
  for (const { at, data } of changes) {
    // What made the run is no change: the time before it belongs to the state it made.
    if (data.from !== null) close(at);
    state = data;
  }
  close(end);
  const last = segments.at(-1);
  if (facts.finishedAt !== null || isTerminal(state.to)) return segments;
  if (last === undefined) {
    const [open] = split(state, end, end + 1);
    return open === undefined ? [] : [{ ...open, from: end, to: null }];
  }
  return [...segments.slice(0, -1), { ...last, to: null }];
}

/** The time in one state. A queued run waits until its wake time; from then on it only lacks a worker. */
function split(
  { to: state, reason, wakeAt }: Pick<StateChange, 'to' | 'reason' | 'wakeAt'>,
  from: number,
  to: number,
): Segment[] {
  if (to <= from || isTerminal(state)) return [];
  if (state !== 'queued') return [{ kind: kindOf(state), cause: causeOf(state), from, to }];
  const wake = wakeAt === undefined ? from : Math.min(to, Math.max(from, Date.parse(wakeAt)));
  const kind = reason === 'waiting_to_retry' ? 'retry' : 'waiting';
  const parts: Segment[] = [
    { kind, cause: reason ?? null, from, to: wake },
    { kind: 'queued', cause: null, from: wake, to },
  ];
  return parts.filter((part) => part.to !== null && part.to > part.from);
}

function kindOf(state: RunStatus): SegmentKind {
  return state === 'running' ? 'working' : 'waiting';
}

function causeOf(state: RunStatus): string | null {
  return state === 'awaiting_approval' ? 'approval_required' : null;
}

/** Adds a segment, or makes the last one longer when it is of the same kind: a takeover does not end the work. */
function add(segments: Segment[], next: Segment): void {
  const last = segments.at(-1);
  if (last !== undefined && last.kind === next.kind && last.cause === next.cause && last.to === next.from) {
    segments[segments.length - 1] = { ...last, to: next.to };
  } else segments.push(next);
}

/** Milliseconds by kind; what goes on counts until now. */
export function totalsOf(segments: readonly Segment[], now: number): Record<SegmentKind, number> {
  const totals = { queued: 0, waiting: 0, retry: 0, working: 0 };
  for (const { kind, from, to } of segments) totals[kind] += Math.max(0, (to ?? now) - from);
  return totals;
}

/** A gap shorter than this is never folded, ms. */
const leastGapMs = 10_000;

/**
 * Stretches in which nobody worked and which would leave the work too little room: longer than a quarter of all the
 * work. A picture shows them as a break with their length.
 */
export function gapsOf(segments: readonly Segment[], now: number): { from: number; to: number }[] {
  const { working } = totalsOf(segments, now);
  const gaps: { from: number; to: number }[] = [];
  if (working === 0) return gaps;
  for (const segment of segments) {
    if (segment.kind === 'working') continue;
    const to = segment.to ?? now;
    const last = gaps.at(-1);
    if (last?.to === segment.from) last.to = to;
    else gaps.push({ from: segment.from, to });
  }
  return gaps.filter(({ from, to }) => to - from > Math.max(leastGapMs, working / 4));
}
