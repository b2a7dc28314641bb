import { statusText } from '@signalbox/domain/run/describe-run';
import { sentenceOf } from './infra-of.ts';
import type { RunView } from './run-view.ts';

/**
 * The sentence of a working run, told here from what the page shows, so that it never lags behind the counts beside
 * it. Any other state is the server's to tell.
 */
export function liveSentence(run: RunView): string {
  if (run.status !== 'running' || run.waiting !== undefined) return sentenceOf(run);
  return statusText({
    status: run.status,
    waitCause: null,
    counts: run.counts,
    currentStep: run.currentStep ?? null,
    safeError: null,
    cancelRequestedAt: run.cancelRequestedAt === undefined ? null : new Date(run.cancelRequestedAt),
  });
}
