import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StateChange } from './events.ts';
import { isTerminal, type RunStatus, runStatuses, transitions } from './lifecycle.ts';
import {
  endOf,
  gapsOf,
  segmentsOf,
  sharpened,
  type TimedEvent,
  type TimelineFacts,
  totalsOf,
} from './timeline.ts';
import { boundRows, rowsOf } from './timeline-rows.ts';

const start = Date.UTC(2026, 2, 14, 2, 0, 0);
const reasons = ['waiting_to_retry', 'throttled', 'waiting_for_worker'] as const;
const error = { code: 'provider_unavailable', message: 'It did not answer.' } as const;

const pick = fc.record({
  next: fc.nat(20),
  pause: fc.integer({ min: -50, max: 90_000 }),
  reason: fc.constantFrom(...reasons),
  wait: fc.integer({ min: 0, max: 120_000 }),
  failed: fc.boolean(),
  steps: fc.array(
    fc.record({
      name: fc.constantFrom('list', 'read', 'begin items 1 to 10', 'begin items 11 to 20'),
      took: fc.integer({ min: 0, max: 40_000 }),
      end: fc.constantFrom('done', 'failed', null),
    }),
    { maxLength: 4 },
  ),
});

/** A history that a run can really have: its moves are those of the lifecycle, its steps happen while it is running. */
const history = fc.array(pick, { maxLength: 12 }).map((picks): TimelineFacts => {
  let at = start;
  let status: RunStatus = 'queued';
  let attempt = 1;
  const events: TimedEvent[] = [{ kind: 'state', at: at + 3, data: { from: null, to: status } }];
  for (const { next, pause, reason, wait, failed, steps } of picks) {
    if (isTerminal(status)) break;
    at += Math.max(1, pause);
    const ways: RunStatus[] =
      status === 'running' ? [...transitions.running, 'running'] : [...transitions[status]];
    const to: RunStatus = ways[next % ways.length] ?? 'cancelled';
    const back = status === 'running' && to === 'queued';
    const data: StateChange = {
      from: status,
      to,
      ...(back && { reason, wakeAt: new Date(at + wait).toISOString() }),
      ...((to === 'failed' || (back && failed)) && { safeError: error }),
      ...(to === 'running' && { worker: `worker-${next}` }),
    };
    // An event may be stamped a little later or earlier than what it is about.
    events.push({ kind: 'state', at: at + Math.min(0, pause), data });
    if (back && reason === 'waiting_to_retry') attempt += 1;
    status = to;
    if (status !== 'running') continue;
    for (const { name, took, end } of steps) {
      events.push({ kind: 'step', at, data: { name, attempt, state: 'intent' } });
      at += took;
      if (end !== null) events.push({ kind: 'step', at, data: { name, attempt, state: end } });
      if (end === null) break;
    }
  }
  return { createdAt: start, finishedAt: isTerminal(status) ? at : null, events };
});

const later = fc.integer({ min: 0, max: 300_000 });
const nowOf = ({ events }: TimelineFacts, more: number): number => (events.at(-1)?.at ?? start) + more;

describe('the segments of a run', () => {
  it('add up to its wall time to the millisecond, whatever happened', () => {
    fc.assert(
      fc.property(history, later, (facts, more) => {
        const now = nowOf(facts, more);
        const { queued, waiting, retry, working } = totalsOf(segmentsOf(facts, now), now);
        expect(queued + waiting + retry + working).toBe(endOf(facts, now) - facts.createdAt);
      }),
      { numRuns: 500 },
    );
  });

  it('leave no gap and do not overlap, and only the last of a run that has not ended goes on', () => {
    fc.assert(
      fc.property(history, later, (facts, more) => {
        const now = nowOf(facts, more);
        const segments = segmentsOf(facts, now);
        let reached = facts.createdAt;
        for (const [at, { from, to }] of segments.entries()) {
          expect(from).toBe(reached);
          const open = facts.finishedAt === null && at === segments.length - 1;
          expect(to === null).toBe(open);
          reached = to ?? endOf(facts, now);
        }
        expect(reached).toBe(endOf(facts, now));
      }),
      { numRuns: 500 },
    );
  });

  it('say at every moment what the run did then', () => {
    fc.assert(
      fc.property(history, later, fc.double({ min: 0, max: 0.999, noNaN: true }), (facts, more, share) => {
        const now = nowOf(facts, more);
        const end = endOf(facts, now);
        const moment = facts.createdAt + Math.floor((end - facts.createdAt) * share);
        const segment = segmentsOf(facts, now).find(({ from, to }) => from <= moment && moment < (to ?? end));
        if (segment === undefined) {
          expect(end).toBe(facts.createdAt);
          return;
        }
        let latest = facts.createdAt;
        let state: StateChange = { from: null, to: 'queued' };
        for (const event of facts.events) {
          latest = Math.min(end, Math.max(latest, event.at));
          if (event.kind !== 'state' || isTerminal(event.data.to)) continue;
          if (latest > moment && event.data.from !== null) break;
          state = event.data;
        }
        const asleep =
          state.to === 'queued' && state.wakeAt !== undefined && Date.parse(state.wakeAt) > moment;
        const expected =
          state.to === 'running'
            ? 'working'
            : state.to !== 'queued'
              ? 'waiting'
              : !asleep
                ? 'queued'
                : state.reason === 'waiting_to_retry'
                  ? 'retry'
                  : 'waiting';
        expect(segment.kind).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('are one stretch of work over a takeover', () => {
    const events: TimedEvent[] = [
      { kind: 'state', at: start, data: { from: null, to: 'queued' } },
      { kind: 'state', at: start + 1_000, data: { from: 'queued', to: 'running', worker: 'a' } },
      { kind: 'state', at: start + 40_000, data: { from: 'running', to: 'running', worker: 'b' } },
    ];
    const facts = { createdAt: start, finishedAt: null, events };
    expect(segmentsOf(facts, start + 50_000)).toEqual([
      { kind: 'queued', cause: null, from: start, to: start + 1_000 },
      { kind: 'working', cause: null, from: start + 1_000, to: null },
    ]);
  });

  it('of a run just made show that it is queued', () => {
    const events: TimedEvent[] = [{ kind: 'state', at: start, data: { from: null, to: 'queued' } }];
    expect(segmentsOf({ createdAt: start, finishedAt: null, events }, start)).toEqual([
      { kind: 'queued', cause: null, from: start, to: null },
    ]);
  });
});

describe('the rows of a run', () => {
  it('lie within the run, each with its own work, and none goes on after the end', () => {
    fc.assert(
      fc.property(history, later, (facts, more) => {
        const now = nowOf(facts, more);
        const end = endOf(facts, now);
        for (const row of rowsOf(facts, now)) {
          expect(row.from).toBeGreaterThanOrEqual(facts.createdAt);
          expect(row.to ?? end).toBeLessThanOrEqual(end);
          expect(row.to ?? end).toBeGreaterThanOrEqual(row.from);
          expect(row.to === null).toBe(row.state === 'running');
          if (facts.finishedAt !== null) expect(row.state).not.toBe('running');
          const work = row.segments.filter(({ kind }) => kind === 'working');
          expect(work).toEqual([{ kind: 'working', cause: null, from: row.from, to: row.to }]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('carry each wait at most once, before the work it delayed', () => {
    fc.assert(
      fc.property(history, later, (facts, more) => {
        const now = nowOf(facts, more);
        const waits = rowsOf(facts, now).flatMap(({ from, segments }) =>
          segments.filter(({ kind }) => kind !== 'working').map((wait) => ({ wait, from })),
        );
        for (const { wait, from } of waits) expect(wait.to ?? Number.NaN).toBeLessThanOrEqual(from);
        const whole = segmentsOf(facts, now).filter(({ kind }) => kind !== 'working');
        expect(waits.map(({ wait }) => wait)).toEqual(whole.slice(0, waits.length));
      }),
      { numRuns: 500 },
    );
  });

  const run = (at: number, worker: string, from: RunStatus = 'queued'): TimedEvent => ({
    kind: 'state',
    at: start + at,
    data: { from, to: 'running', worker },
  });
  const step = (at: number, name: string, state: 'intent' | 'done' | 'failed'): TimedEvent => ({
    kind: 'step',
    at: start + at,
    data: { name, attempt: 1, state, ...(state === 'failed' && { code: 'provider_unavailable' as const }) },
  });
  const rows = (events: TimedEvent[], finishedAt: number | null = null) =>
    rowsOf({ createdAt: start, finishedAt, events }, start + 600_000).map(
      ({ name, attempt, worker, state, from, to, continued, code }) => ({
        ...{ name, attempt, worker, state, from: from - start, to: to === null ? null : to - start },
        ...(continued && { continued }),
        ...(code !== null && { code }),
      }),
    );

  it('show a step of a lost worker as interrupted, and again under the next one', () => {
    expect(
      rows([
        run(1_000, 'a'),
        step(2_000, 'read', 'intent'),
        run(40_000, 'b', 'running'),
        step(41_000, 'read', 'intent'),
      ]),
    ).toEqual([
      { name: 'read', attempt: 1, worker: 'a', state: 'interrupted', from: 2_000, to: 40_000 },
      { name: 'read', attempt: 1, worker: 'b', state: 'running', from: 41_000, to: null },
    ]);
  });

  it('give a mark the time of what it marks, until the next one, and go on with it under the next worker', () => {
    const events = [
      run(1_000, 'a'),
      step(2_000, 'begin items 1 to 10', 'intent'),
      step(2_000, 'begin items 1 to 10', 'done'),
      step(9_000, 'begin items 11 to 20', 'intent'),
      step(9_001, 'begin items 11 to 20', 'done'),
      run(40_000, 'b', 'running'),
      step(55_000, 'begin items 21 to 30', 'intent'),
    ];
    expect(rows(events)).toMatchObject([
      { name: 'begin items 1 to 10', state: 'done', from: 2_000, to: 9_000 },
      { name: 'begin items 11 to 20', state: 'interrupted', from: 9_000, to: 40_000 },
      { name: 'begin items 11 to 20', state: 'done', from: 40_000, to: 55_000, continued: true, worker: 'b' },
      { name: 'begin items 21 to 30', state: 'running', from: 55_000, to: null },
    ]);
  });

  it('begin when their step really began, though its intent was committed with its result', () => {
    const events = [
      run(1_000, 'a'),
      step(2_000, 'read', 'intent'),
      run(40_000, 'b', 'running'),
      step(49_000, 'read', 'intent'),
      step(49_000, 'read', 'failed'),
    ];
    const sharp = sharpened(events, [{ name: 'read', attempt: 1, startedAt: start + 41_000 }]);
    expect(rows(sharp)).toMatchObject([
      { from: 2_000, to: 40_000, state: 'interrupted' },
      { from: 41_000, to: 49_000, state: 'failed' },
    ]);
  });

  it('are interrupted and not failed when the provider asked for a pause', () => {
    const asked: TimedEvent = {
      kind: 'step',
      at: start + 3_000,
      data: { name: 'read', attempt: 1, state: 'failed', code: 'throttled' },
    };
    expect(rows([run(1_000, 'a'), step(2_000, 'read', 'intent'), asked])).toMatchObject([
      { state: 'interrupted', code: 'throttled', to: 3_000 },
    ]);
  });

  it('show an attempt that got to no step, and why it failed', () => {
    const events: TimedEvent[] = [
      run(1_000, 'a'),
      {
        kind: 'state',
        at: start + 2_000,
        data: { from: 'running', to: 'queued', reason: 'waiting_to_retry', safeError: error },
      },
      run(9_000, 'b'),
    ];
    expect(rows(events)).toMatchObject([
      { name: null, attempt: 1, state: 'failed', code: 'provider_unavailable', from: 1_000, to: 2_000 },
      { name: null, attempt: 2, state: 'running', worker: 'b', from: 9_000, to: null },
    ]);
  });

  it('do not go on after the end of the run, even when the event that tells of it is not there yet', () => {
    const events = [run(1_000, 'a'), step(2_000, 'read', 'intent')];
    expect(rows(events, start + 5_000)).toMatchObject([{ state: 'interrupted', to: 5_000 }]);
  });

  it('bounded, keep what failed and what goes on, in their order', () => {
    const events = [run(0, 'a')];
    for (let at = 0; at < 100; at++) {
      const name = `step ${at}`;
      events.push(step(at * 10, name, 'intent'), step(at * 10 + 5, name, at === 3 ? 'failed' : 'done'));
    }
    const all = rowsOf({ createdAt: start, finishedAt: null, events }, start + 5_000);
    const { rows: kept, hidden } = boundRows(all, 10);
    expect([kept.length, hidden]).toEqual([10, 90]);
    expect(kept[0]?.name).toBe('step 3');
    expect(kept.at(-1)?.name).toBe('step 99');
    expect(kept.map(({ from }) => from)).toEqual(kept.map(({ from }) => from).sort((a, b) => a - b));
  });
});

describe('the folds of a picture', () => {
  it('hide no work, do not overlap, and leave a run that never worked as it is', () => {
    fc.assert(
      fc.property(history, later, (facts, more) => {
        const now = nowOf(facts, more);
        const segments = segmentsOf(facts, now);
        const gaps = gapsOf(segments, now);
        let reached = facts.createdAt;
        for (const { from, to } of gaps) {
          expect(from).toBeGreaterThanOrEqual(reached);
          expect(to).toBeGreaterThan(from);
          reached = to;
        }
        const work = segments.filter(({ kind }) => kind === 'working');
        if (work.length === 0) expect(gaps).toEqual([]);
        for (const { from, to } of work) {
          for (const gap of gaps) expect(gap.to <= from || gap.from >= (to ?? now)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('know every state of the lifecycle', () => {
    for (const status of runStatuses) {
      const events: TimedEvent[] = [{ kind: 'state', at: start, data: { from: null, to: status } }];
      const finishedAt = isTerminal(status) ? start + 100 : null;
      const segments = segmentsOf({ createdAt: start, finishedAt, events }, start + 100);
      expect(segments.length, status).toBe(isTerminal(status) ? 0 : 1);
    }
  });
});
