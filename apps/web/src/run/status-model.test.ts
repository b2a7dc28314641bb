import { runStatuses, terminalStatuses } from '@signalbox/domain/run/lifecycle';
import { expect, it } from 'vitest';
import { statusView } from './status-model.ts';

it('gives every word one shape, so that a reader who sees no colour can tell them apart', () => {
  const shapes = new Map<string, Set<string>>();
  for (const status of runStatuses) {
    const { word, shape } = statusView(status);
    shapes.set(word, (shapes.get(word) ?? new Set()).add(shape));
  }
  for (const [word, found] of shapes) expect([word, found.size]).toEqual([word, 1]);
});

it('shows succeeded, partial and failed with three different shapes', () => {
  expect(new Set(['succeeded', 'partial', 'failed'].map((s) => statusView(s as 'failed').shape)).size).toBe(
    3,
  );
});

it('calls a queued run waiting only when it waits for something', () => {
  expect(statusView('queued', 'throttled').word).toBe('Waiting');
  expect(statusView('queued', 'waiting_for_worker').word).toBe('Queued');
  expect(statusView('queued', null).word).toBe('Queued');
});

it('never shows an ended run as waiting', () => {
  for (const status of terminalStatuses) expect(statusView(status, 'throttled').word).not.toBe('Waiting');
});
