import type { EvidenceStatus } from '@signalbox/domain/onboarding/evidence';
import { isGood } from '@signalbox/domain/onboarding/steps';

/** How a status of evidence is shown: a word and a shape, so that colour never stands alone. */
export interface EvidenceSignView {
  readonly word: string;
  readonly tone: string;
  readonly shape: 'tick' | 'half-tick' | 'cross' | 'circle';
}

const views: Record<EvidenceStatus, EvidenceSignView> = {
  ok: { word: 'OK', tone: 'text-clear', shape: 'tick' },
  warn: { word: 'Warning', tone: 'text-caution', shape: 'half-tick' },
  fail: { word: 'Failing', tone: 'text-stop', shape: 'cross' },
  unknown: { word: 'Unknown', tone: 'text-idle', shape: 'circle' },
};

export function evidenceView(status: EvidenceStatus): EvidenceSignView {
  return views[status];
}

interface Tallied {
  readonly status: EvidenceStatus;
}

/** `3 ok, 1 failing`, in the order of urgency from good to bad; "no task yet" for none. */
export function taskSummary(tasks: readonly Tallied[]): string {
  const words: Record<EvidenceStatus, string> = {
    ok: 'ok',
    warn: 'with a warning',
    fail: 'failing',
    unknown: 'not known',
  };
  const parts = (Object.keys(words) as EvidenceStatus[])
    .map((status) => [tasks.filter((task) => task.status === status).length, words[status]] as const)
    .filter(([count]) => count > 0);
  return parts.length === 0 ? 'no task yet' : parts.map(([count, word]) => `${count} ${word}`).join(', ');
}

/** The task to run next: the first in order that is not good; null when all are. */
export function nextTask<TTask extends Tallied>(tasks: readonly TTask[]): TTask | null {
  return tasks.find(({ status }) => !isGood(status)) ?? null;
}
