import type { ReasonCode } from '../gate/reasons.ts';
import type { StateChange, StepReport } from './events.ts';
import { endOf, type Segment, type Stretch, segmentsOf, settled, type TimelineFacts } from './timeline.ts';

/** How the work of a row stands: `interrupted` is work whose worker went before it had a result. */
export type RowState = 'done' | 'failed' | 'interrupted' | 'running';

/** One step in one attempt; an attempt that got to no step has a row of its own, without a name. */
export interface TimelineRow extends Stretch {
  readonly name: string | null;
  readonly attempt: number;
  readonly worker: string | null;
  readonly state: RowState;
  /** Goes on with what the worker before had begun. */
  readonly continued: boolean;
  /** Why it failed: a code of the reason catalogue, with the words recorded with it. */
  readonly code: ReasonCode | null;
  readonly message: string | null;
  /** The waits that came before it, then its work. */
  readonly segments: readonly Segment[];
}

/**
 * A step that only marks what is begun: `begin items 11 to 20`. Its own effect takes no time; what it marks goes on
 * until the next step begins, so that is what its row shows.
 */
export function isMark(name: string): boolean {
  return name.startsWith('begin ');
}

interface Row extends Omit<TimelineRow, 'to' | 'segments'> {
  to: number | null;
  state: RowState;
  code: ReasonCode | null;
  message: string | null;
}

/** Every step and attempt of a run, in the order they began. */
export function rowsOf(facts: TimelineFacts, now: number): TimelineRow[] {
  const rows: Row[] = [];
  let attempt = 0;
  let worker: string | null = null;
  let lastReason: string | null = null;
  let heldSince: number | null = null;

  const begin = (name: string | null, from: number, continued = false): void => {
    const row: Row = {
      name,
      attempt,
      worker,
      from,
      to: null,
      state: 'running',
      continued,
      code: null,
      message: null,
    };
    rows.push(row);
    open.add(row);
  };
  const open = new Set<Row>();
  const end = (row: Row, to: number, how: Partial<Pick<Row, 'state' | 'code' | 'message'>>): void => {
    Object.assign(row, { to, ...how });
    open.delete(row);
  };

  /** The worker has the run no more: what it had open ends with it. */
  const letGo = (at: number, { to, safeError }: StateChange): Row | undefined => {
    if (heldSince !== null && (rows.at(-1)?.from ?? 0) < heldSince) begin(null, heldSince);
    const failed = safeError !== undefined && to !== 'cancelled' && safeError.code !== 'throttled';
    const mark = [...open].findLast((row) => row.name !== null && isMark(row.name));
    for (const row of [...open]) {
      const finished = to === 'succeeded' || to === 'partial' || safeError?.code === 'items_failed';
      if (finished) end(row, at, { state: 'done' });
      else if (failed) end(row, at, { state: 'failed', code: safeError.code, message: safeError.message });
      else end(row, at, { state: 'interrupted' });
    }
    heldSince = null;
    return mark;
  };

  let resumes: string | null = null;
  const onState = (at: number, data: StateChange): void => {
    const was = data.from === 'running' ? letGo(at, data) : undefined;
    if (was !== undefined) resumes = was.name;
    if (data.to === 'running') {
      if (data.from !== 'running' && (attempt === 0 || lastReason === 'waiting_to_retry')) attempt += 1;
      attempt = Math.max(1, attempt);
      worker = data.worker ?? null;
      heldSince = at;
      if (resumes !== null) begin(resumes, at, true);
      resumes = null;
    }
    lastReason = data.reason ?? null;
  };

  const onStep = (at: number, { name, attempt: said, state, code }: StepReport): void => {
    attempt = said;
    const mine = [...open].findLast((row) => row.name === name);
    if (state === 'intent') {
      // A mark lasts until the next step; so does a row of the same step that never heard of its end.
      for (const row of [...open])
        if (row === mine || (row.name !== null && isMark(row.name))) end(row, at, { state: 'done' });
      begin(name, at);
    } else if (mine !== undefined && state === 'failed') {
      // To be asked to wait is no failure.
      end(mine, at, { state: code === 'throttled' ? 'interrupted' : 'failed', code: code ?? null });
    } else if (mine !== undefined && !isMark(name)) end(mine, at, { state: 'done' });
  };

  for (const event of settled(facts, now)) {
    if (event.kind === 'state') onState(event.at, event.data);
    else onStep(event.at, event.data);
  }
  if (heldSince !== null && (rows.at(-1)?.from ?? 0) < heldSince) begin(null, heldSince);
  // The end may be known before the event that tells of it.
  if (facts.finishedAt !== null)
    for (const row of [...open]) end(row, endOf(facts, now), { state: 'interrupted' });
  return withWaits(rows, segmentsOf(facts, now));
}

/** Gives each wait to the first row that began after it. */
function withWaits(rows: readonly Row[], whole: readonly Segment[]): TimelineRow[] {
  const waits = whole.filter(({ kind }) => kind !== 'working');
  let next = 0;
  return rows.map((row) => {
    const before: Segment[] = [];
    // A wait that goes on has nothing after it yet.
    for (let wait = waits[next]; wait?.to != null && wait.to <= row.from; wait = waits[next]) {
      before.push(wait);
      next += 1;
    }
    const work: Segment = { kind: 'working', cause: null, from: row.from, to: row.to };
    return { ...row, segments: [...before, work] };
  });
}

/** The rows that are shown when there are too many: those that failed or go on, then the newest. */
export function boundRows(
  rows: readonly TimelineRow[],
  most: number,
): { rows: readonly TimelineRow[]; hidden: number } {
  if (rows.length <= most) return { rows, hidden: 0 };
  const telling = rows.filter(({ state }) => state === 'failed' || state === 'running').slice(-most);
  const kept = new Set(telling);
  for (let at = rows.length - 1; at >= 0 && kept.size < most; at--) {
    const row = rows[at];
    if (row !== undefined) kept.add(row);
  }
  return { rows: rows.filter((row) => kept.has(row)), hidden: rows.length - kept.size };
}
