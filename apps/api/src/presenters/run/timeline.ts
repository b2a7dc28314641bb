import type { Timeline, TimelineRow } from '@signalbox/contracts/run/timeline';
import type { RunRecord } from '@signalbox/db/queries/run/run-record';
import {
  gapsOf,
  type Segment,
  type Stretch,
  segmentsOf,
  type TimedEvent,
  totalsOf,
} from '@signalbox/domain/run/timeline';
import { boundRows, isMark, type TimelineRow as Row, rowsOf } from '@signalbox/domain/run/timeline-rows';
import { knownReason, presentReason } from '../gate/reason.ts';
import { moment, optionalMoment } from '../time.ts';
import { stepLabel } from './run-step.ts';

/** Rows of one answer at most. */
const mostRows = 500;

/** Where the time of a run went, from its events. */
export function presentTimeline(record: RunRecord, events: readonly TimedEvent[], now: Date): Timeline {
  const until = now.getTime();
  const finishedAt = record.finishedAt?.getTime() ?? null;
  const facts = { createdAt: record.createdAt.getTime(), finishedAt, events };
  const segments = segmentsOf(facts, until);
  const totals = totalsOf(segments, until);
  const { rows, hidden } = boundRows(rowsOf(facts, until), mostRows);
  return {
    from: moment(record.createdAt),
    ...optionalMoment('to', record.finishedAt),
    serverTime: moment(now),
    totals: {
      queuedMs: totals.queued,
      waitingMs: totals.waiting,
      retryMs: totals.retry,
      workingMs: totals.working,
    },
    segments: segments.map(presentSegment),
    rows: rows.map(presentRow),
    hiddenRows: hidden,
    gaps: gapsOf(segments, until).map(({ from, to }) => ({ from: at(from), to: at(to) })),
  };
}

const at = (ms: number): string => moment(new Date(ms));

function stretch({ from, to }: Stretch): { from: string; to?: string } {
  return { from: at(from), ...(to !== null && { to: at(to) }) };
}

function presentSegment(segment: Segment): Timeline['segments'][number] {
  const code = segment.cause === null ? null : knownReason(segment.cause);
  return {
    ...stretch(segment),
    kind: segment.kind,
    ...(code !== null && { cause: code, causeLabel: presentReason(code).label }),
  };
}

function presentRow(row: Row): TimelineRow {
  const { name, worker, code } = row;
  const message = row.message ?? (code === null ? null : presentReason(code).text);
  return {
    ...stretch(row),
    ...(name !== null && { name }),
    label: rowLabel(row),
    attempt: Math.max(1, row.attempt),
    ...(worker !== null && { worker }),
    state: row.state,
    continued: row.continued,
    ...(code !== null && { code }),
    ...(message !== null && { message }),
    segments: row.segments.map(presentSegment),
  };
}

/** `begin items 11 to 20` marks what follows, so it reads as that: "Items 11 to 20". */
function rowLabel({ name, attempt }: Row): string {
  if (name === null) return `Attempt ${attempt}`;
  return stepLabel(isMark(name) ? name.slice('begin '.length) : name);
}
