import type { Timeline } from '@signalbox/contracts/run/timeline';
import type { SegmentKind } from '@signalbox/domain/run/timeline';
import type { TimelineSort } from './search.ts';

export type TimelineRow = Timeline['rows'][number];
export type TimelineSegment = Timeline['segments'][number];

/** Where moments lie on the picture, as shares of its width. One scale for the whole run. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly x: (moment: number) => number;
  /** Stretches drawn as a narrow break, with their place. */
  readonly folds: readonly {
    readonly from: number;
    readonly to: number;
    readonly at: number;
    readonly width: number;
  }[];
}

/** Share of the width that one fold takes, at most; together they take no more than a third. */
const foldShare = 0.05;

/** The scale of a timeline that reaches until `now`. Within a fold time still runs, only faster. */
export function scaleOf(timeline: Pick<Timeline, 'from' | 'to' | 'gaps'>, now: number): Scale {
  const from = Date.parse(timeline.from);
  const to = Math.max(from + 1, timeline.to === undefined ? now : Date.parse(timeline.to));
  const gaps = timeline.gaps.map((gap) => ({
    from: Date.parse(gap.from),
    to: Math.min(to, Date.parse(gap.to)),
  }));
  const share = gaps.length === 0 ? 0 : Math.min(foldShare, 1 / 3 / gaps.length);
  const folded = gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
  const perMs = (1 - share * gaps.length) / Math.max(1, to - from - folded);
  const x = (moment: number): number => {
    const until = Math.min(to, Math.max(from, moment));
    let real = until - from;
    let folds = 0;
    for (const gap of gaps) {
      const inside = Math.min(until, gap.to) - gap.from;
      if (inside <= 0) continue;
      real -= inside;
      folds += (inside / (gap.to - gap.from)) * share;
    }
    return real * perMs + folds;
  };
  return { from, to, x, folds: gaps.map((gap) => ({ ...gap, at: x(gap.from), width: share })) };
}

const niceSteps = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000,
  600_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 43_200_000, 86_400_000,
];

/** Moments for the marks of the axis, at round times since the start, none inside a fold. */
export function ticksOf(scale: Scale, most: number): { readonly at: number; readonly sinceMs: number }[] {
  const shown = scale.to - scale.from - scale.folds.reduce((sum, fold) => sum + fold.to - fold.from, 0);
  const day = niceSteps.at(-1) ?? 1;
  const step = niceSteps.find((ms) => shown / ms <= most) ?? Math.ceil(shown / most / day) * day;
  const ticks: { at: number; sinceMs: number }[] = [];
  for (let sinceMs = 0; sinceMs <= scale.to - scale.from; sinceMs += step) {
    const moment = scale.from + sinceMs;
    const fold = scale.folds.find((one) => one.from < moment && moment < one.to);
    if (fold !== undefined) {
      // On to the last round time before the end of the fold; the loop adds the next.
      sinceMs = Math.floor((fold.to - scale.from) / step) * step;
      if (scale.from + sinceMs < fold.to) continue;
      sinceMs -= step;
      continue;
    }
    const at = scale.x(moment);
    const last = ticks.at(-1);
    if (last === undefined || at - last.at > 0.6 / most) ticks.push({ at, sinceMs });
    if (ticks.length > most * 2) break;
  }
  return ticks;
}

/** How long segments of some kinds took together, ms. */
export function lengthOf(
  segments: readonly TimelineSegment[],
  kinds: readonly SegmentKind[],
  now: number,
): number {
  return segments
    .filter(({ kind }) => kinds.includes(kind))
    .reduce(
      (sum, { from, to }) => sum + Math.max(0, (to === undefined ? now : Date.parse(to)) - Date.parse(from)),
      0,
    );
}

export const waitKinds = ['queued', 'waiting', 'retry'] as const satisfies readonly SegmentKind[];

/** A row with its number, which stays the same however the rows are sorted. */
export interface NumberedRow {
  readonly number: number;
  readonly row: TimelineRow;
}

/** The rows in the order asked for; without any as they began. */
export function sortRows(
  rows: readonly NumberedRow[],
  sort: TimelineSort | undefined,
  now: number,
): NumberedRow[] {
  const [, minus, column] = /^(-?)(.*)$/.exec(sort ?? 'began') ?? [];
  const turn = minus === '-' ? -1 : 1;
  const value = ({ row }: NumberedRow): number | string => {
    if (column === 'label') return row.label;
    if (column === 'state') return row.state;
    if (column === 'waited') return lengthOf(row.segments, waitKinds, now);
    if (column === 'worked') return lengthOf(row.segments, ['working'], now);
    return Date.parse(row.from);
  };
  const compare = (a: number | string, b: number | string): number =>
    typeof a === 'string' ? a.localeCompare(String(b), 'en', { numeric: true }) : a - Number(b);
  return [...rows].sort((a, b) => turn * compare(value(a), value(b)) || turn * (a.number - b.number));
}

/** The row to open by itself: the one that failed last, unless work went on after it. */
export function failingRow(rows: readonly NumberedRow[]): number | null {
  const last = rows.findLast(({ row }) => row.state !== 'interrupted');
  return last?.row.state === 'failed' ? last.number : null;
}
