import type { EvidenceStatus } from '@signalbox/domain/onboarding/evidence';
import { onboardingSteps } from '@signalbox/domain/onboarding/session';
import { isGood, tasksOfStep } from '@signalbox/domain/onboarding/steps';

/** `attention`: passed once, but what it stands on is no longer so. */
export type RailState = 'done' | 'current' | 'attention' | 'later';

/** A step as the rail shows it. */
export interface RailStep {
  readonly step: number;
  readonly label: string;
  readonly state: RailState;
  /** Whether it can be looked at. */
  readonly reached: boolean;
}

const words: Record<RailState, string> = {
  done: 'Done',
  current: 'In progress',
  attention: 'Needs another look',
  later: 'Not yet',
};

export function railWord(state: RailState): string {
  return words[state];
}

/** The step to show: the one asked for as far as it was reached, else the one the session stands at. */
export function shownStep(asked: string | undefined, steps: readonly RailStep[], present: number): number {
  const wanted = steps.find(({ step }) => String(step) === asked);
  return wanted?.reached === true ? wanted.step : present;
}

interface Stood {
  readonly step: number;
  readonly status: string;
  readonly tasks: readonly { readonly task: string; readonly status: EvidenceStatus }[];
}

/** The five steps of a session: those passed, the one it stands at, and those to come. */
export function railOf({ step: present, status, tasks }: Stood): RailStep[] {
  const ended = status === 'completed';
  return onboardingSteps.map(({ step, label }) => {
    const asked: readonly string[] = tasksOfStep(step);
    const bad = tasks.some((task) => asked.includes(task.task) && !isGood(task.status));
    const passed = ended || step < present;
    const state = passed ? (bad ? 'attention' : 'done') : step === present ? 'current' : 'later';
    return { step, label, state, reached: step <= present };
  });
}
