import type { RunEvent } from '@signalbox/contracts/run/events';
import type { Run } from '@signalbox/contracts/run/run';
import { expect, it } from 'vitest';
import { applyEvent } from './run-live-model.ts';

const counts = { total: 10, succeeded: 2, failed: 0, skipped: 0 };
const run = { id: 7, status: 'running', eventSeq: 4, counts } as Run;
const at = '2026-03-01T12:00:00.000Z';
const progress = (seq: number, succeeded: number): RunEvent => ({
  seq,
  at,
  kind: 'progress',
  data: { counts: { ...counts, succeeded } },
});

it('shows the counts of the next event and moves on by one', () => {
  const effect = applyEvent(run, 4, progress(5, 6));
  expect(effect.run).toMatchObject({ eventSeq: 5, counts: { succeeded: 6 } });
  expect(effect).toMatchObject({ isNew: true, gap: false, reread: [] });
});

it('ignores an event it has already shown', () => {
  expect(applyEvent(run, 4, progress(4, 9))).toMatchObject({ run, isNew: false, reread: [] });
});

it('takes the log and the items from an event that the run, read again, already knows', () => {
  const reread = { ...run, eventSeq: 9 };
  const effect = applyEvent(reread, 4, progress(5, 3));
  expect(effect.isNew).toBe(true);
  expect(effect.run).toBe(reread);
});

it('asks for everything again when an event is missing', () => {
  expect(applyEvent(run, 4, progress(7, 6))).toMatchObject({
    gap: true,
    reread: ['run', 'timeline', 'items', 'log'],
  });
});

it('takes a last look at every part when the run ends', () => {
  const effect = applyEvent(run, 4, { seq: 5, at, kind: 'state', data: { from: 'running', to: 'partial' } });
  expect(effect.run).toMatchObject({ status: 'partial', finishedAt: at });
  expect(effect).toMatchObject({ gap: false, reread: ['run', 'timeline', 'items', 'log'] });
});

it('reads the items again when there are more of them than before', () => {
  const grown: RunEvent = { seq: 5, at, kind: 'progress', data: { counts: { ...counts, total: 12 } } };
  expect(applyEvent(run, 4, grown).reread).toEqual(['items']);
});

it('reads nothing again for a log line, which the event itself carries', () => {
  expect(applyEvent(run, 4, { seq: 5, at, kind: 'log', data: { level: 'info', text: 'x' } }).reread).toEqual(
    [],
  );
});
