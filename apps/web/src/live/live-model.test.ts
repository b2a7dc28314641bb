import { expect, it } from 'vitest';
import {
  afterSignal,
  initialLive,
  type LiveSignal,
  liveWord,
  retryDelay,
  staleAfterMs,
} from './live-model.ts';

const play = (...signals: LiveSignal[]) => signals.reduce(afterSignal, initialLive);

it('is live only while the stream is open', () => {
  expect(liveWord(play({ kind: 'started' }), 0)).toBe('Connecting');
  expect(liveWord(play({ kind: 'started' }, { kind: 'opened' }), 0)).toBe('Live');
});

it('names the first moment of a loss, also after several failed tries', () => {
  const state = play(
    { kind: 'opened' },
    { kind: 'lost', at: 100 },
    { kind: 'started' },
    { kind: 'lost', at: 4_000 },
    { kind: 'started' },
  );
  expect(state.behindSince).toBe(100);
  expect(liveWord(state, 101)).toBe('Reconnecting');
  expect(liveWord(state, 100 + staleAfterMs)).toBe('Stale');
});

it('stays paused whatever the connection does, until it is resumed', () => {
  const paused = play({ kind: 'opened' }, { kind: 'paused', at: 50 });
  for (const signal of [{ kind: 'opened' }, { kind: 'lost', at: 60 }, { kind: 'stopped' }] as LiveSignal[]) {
    expect(liveWord(afterSignal(paused, signal), 70)).toBe('Paused');
  }
  const resumed = afterSignal(paused, { kind: 'resumed', at: 90 });
  expect(liveWord(afterSignal(resumed, { kind: 'opened' }), 95)).toBe('Live');
});

it('rests behind a hidden tab without being lost, and is behind since then', () => {
  const rested = play({ kind: 'opened' }, { kind: 'rested', at: 70 });
  expect(rested).toEqual({ phase: 'off', behindSince: 70, paused: false });
  expect(liveWord(afterSignal(afterSignal(rested, { kind: 'started' }), { kind: 'opened' }), 80)).toBe(
    'Live',
  );
});

it('tries again ever more slowly, at most half a minute apart', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map(retryDelay)).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
  ]);
});
