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

const deeds = new Set(['replay', 'retry_failed_items']);

/** The steps the card offers, deeds first, each once. A link to the page one is on is no step. */
export function nextStepsOf(
  run: Pick<RunView, 'whatNext' | 'safeError'>,
  here: string,
): RunView['whatNext']['nextSteps'] {
  const steps = [...run.whatNext.nextSteps, ...(run.safeError?.nextSteps ?? [])];
  const once = steps.filter(({ code }, at) => steps.findIndex((step) => step.code === code) === at);
  const useful = once.filter(({ code, href }) => deeds.has(code) || href?.split('?')[0] !== here);
  return [...useful.filter(({ code }) => deeds.has(code)), ...useful.filter(({ code }) => !deeds.has(code))];
}
