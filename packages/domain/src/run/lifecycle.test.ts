import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  activeStatuses,
  canMove,
  isTerminal,
  type RunStatus,
  runStatuses,
  statusMeaning,
  terminalStatuses,
  transitions,
} from './lifecycle.ts';

test('the table is closed: every state has a row, and every move leads to a state', () => {
  expect(Object.keys(transitions).sort()).toEqual([...runStatuses].sort());
  expect(Object.keys(statusMeaning).sort()).toEqual([...runStatuses].sort());
  for (const from of runStatuses) {
    expect(new Set(transitions[from]).size).toBe(transitions[from].length);
    for (const to of transitions[from]) expect(runStatuses).toContain(to);
  }
});

test('every state is either active or terminal, and nothing leads out of a terminal one or back to where it stands', () => {
  expect([...activeStatuses, ...terminalStatuses].sort()).toEqual([...runStatuses].sort());
  for (const from of runStatuses) {
    expect(isTerminal(from)).toBe(terminalStatuses.includes(from));
    expect(canMove(from, from)).toBe(false);
    for (const to of runStatuses) if (isTerminal(from)) expect(canMove(from, to)).toBe(false);
  }
});

test('the moves are those of the design, so that a new one is a decision and not an accident', () => {
  const moves = runStatuses.flatMap((from) => transitions[from].map((to) => `${from} > ${to}`));
  expect(moves).toEqual([
    'pending > queued',
    'pending > awaiting_approval',
    'pending > cancelled',
    'queued > running',
    'queued > cancelled',
    'running > queued',
    'running > awaiting_approval',
    'running > succeeded',
    'running > partial',
    'running > failed',
    'running > cancelled',
    'running > vetoed',
    'awaiting_approval > queued',
    'awaiting_approval > rejected',
    'awaiting_approval > expired',
    'awaiting_approval > cancelled',
  ]);
});

test('a walk of allowed moves can always go on until it ends, and ends only in a terminal state', () => {
  fc.assert(
    fc.property(fc.constantFrom(...runStatuses), fc.array(fc.nat(), { maxLength: 30 }), (start, choices) => {
      const walk: RunStatus[] = [start];
      for (const choice of choices) {
        const here = walk.at(-1) ?? start;
        const open = runStatuses.filter((to) => canMove(here, to));
        const next = open[choice % Math.max(1, open.length)];
        if (next === undefined) break;
        expect(transitions[here]).toContain(next);
        walk.push(next);
      }
      const end = walk.at(-1) ?? start;
      const stuck = runStatuses.every((to) => !canMove(end, to));
      expect(stuck).toBe(isTerminal(end));
      expect(walk.slice(0, -1).some(isTerminal)).toBe(false);
    }),
  );
});

test('every state can be reached from a start and leads to an end', () => {
  const reach = (from: readonly RunStatus[]): Set<RunStatus> => {
    const seen = new Set(from);
    for (const status of seen) for (const to of transitions[status]) seen.add(to);
    return seen;
  };
  expect([...reach(['pending'])].sort()).toEqual([...runStatuses].sort());
  for (const status of runStatuses) expect([...reach([status])].some(isTerminal)).toBe(true);
});
