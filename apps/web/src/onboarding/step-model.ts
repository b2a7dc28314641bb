import type { SessionView, StepView } from './session-view.ts';

export type RailState = StepView['state'];

const words: Record<RailState, string> = {
  done: 'Done',
  current: 'In progress',
  attention: 'Needs another look',
  later: 'Not yet',
};

export function railWord(state: RailState): string {
  return words[state];
}

/** The step to show: the one asked for as far as the session has come, else the one it stands at. */
export function shownStep(asked: string | undefined, present: number): number {
  return Math.min(Number(asked ?? present), present);
}

/** What a step still needs to be passed, as a sentence; null when nothing. */
export function obstacleOf({ steps }: Pick<SessionView, 'steps'>, step: number): string | null {
  return steps.find((one) => one.step === step)?.obstacle ?? null;
}
