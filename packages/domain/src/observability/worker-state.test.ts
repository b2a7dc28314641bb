import { expect, test } from 'vitest';
import { workerSilentMs, workerState } from './worker-state.ts';

const now = new Date('2026-03-14T09:00:00Z');
const ago = (ms: number): Date => new Date(now.getTime() - ms);

test.each([
  { seen: 0, stopped: null, state: 'alive' },
  { seen: workerSilentMs - 1, stopped: null, state: 'alive' },
  { seen: workerSilentMs, stopped: null, state: 'unknown' },
  { seen: 0, stopped: 0, state: 'stopped' },
  { seen: workerSilentMs * 2, stopped: workerSilentMs, state: 'stopped' },
])('a worker seen $seen ms ago is $state', ({ seen, stopped, state }) => {
  const entry = { lastSeenAt: ago(seen), stoppedAt: stopped === null ? null : ago(stopped) };
  expect(workerState(entry, now)).toBe(state);
});
