import { isTerminal } from '@signalbox/domain/run/lifecycle';
import type { RunView } from './run-view.ts';
import type { StatusTone } from './status-model.ts';

/** Longer than this without progress is worth a word, ms. */
const quietMs = 4 * 60_000;

/** How long a running run has shown no progress, ms, when that is long enough to mention. */
export function quietFor(
  run: Pick<RunView, 'status' | 'progress' | 'startedAt'>,
  now: number,
): number | null {
  const last = run.progress?.updatedAt ?? run.startedAt;
  if (run.status !== 'running' || last === undefined) return null;
  const quiet = now - Date.parse(last);
  return quiet >= quietMs ? quiet : null;
}

/** The tone of the card: what the reader should feel before reading. */
export function cardTone(run: Pick<RunView, 'status' | 'waiting'>): StatusTone {
  if (run.status === 'failed' || run.status === 'vetoed') return 'stop';
  if (run.status === 'partial') return 'caution';
  if (run.status === 'succeeded') return 'clear';
  if (isTerminal(run.status)) return 'idle';
  return run.waiting === undefined ? 'accent' : 'lunar';
}
