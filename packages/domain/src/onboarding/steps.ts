import { operationRule } from '../operation/registry.ts';
import type { EvidenceStatus } from './evidence.ts';
import { type OnboardingStep, onboardingSteps } from './session.ts';
import { type OnboardingTask, verificationTasks } from './tasks.ts';

/** What the steps of an onboarding stand on. */
export interface StepFacts {
  /** Name and external id of the tenant are known. */
  readonly identified: boolean;
  /** A connection was chosen, or there is one that the gate would choose, and it has a credential. */
  readonly credential: boolean;
  readonly tasks: Readonly<Partial<Record<OnboardingTask, EvidenceStatus>>>;
}

/** Why a step is not passed yet. `task` names what has to be verified, where it is that. */
export interface StepObstacle {
  /** The step that is not passed. */
  readonly step: OnboardingStep;
  readonly message: string;
  readonly task: OnboardingTask | null;
}

export type StepDecision =
  | { readonly kind: 'moved' | 'stays' }
  /** Reason `step_not_ready`. */
  | { readonly kind: 'not_ready'; readonly message: string; readonly task: OnboardingTask | null };

/** Whether a status lets an onboarding go on. */
export function isGood(status: EvidenceStatus | undefined): boolean {
  return status === 'ok' || status === 'warn';
}

/** The tasks that a step needs to be passed. */
export function tasksOfStep(step: OnboardingStep): readonly OnboardingTask[] {
  const [consent, ...others] = verificationTasks;
  if (step === 3) return [consent];
  return step === 4 ? others : [];
}

/** What stands in the way of passing a step, or null. The last step is passed by its bootstrap. */
export function stepObstacle(step: OnboardingStep, facts: StepFacts): StepObstacle | null {
  if (step === 1 && !facts.identified)
    return { step, message: 'The tenant needs a name and an external id first.', task: null };
  if (step === 2 && !facts.credential)
    return { step, message: 'A connection with a credential has to be chosen first.', task: null };
  const task = tasksOfStep(step).find((each) => !isGood(facts.tasks[each]));
  if (task === undefined) return null;
  const word = facts.tasks[task] === 'fail' ? 'is failing' : 'is not known to hold';
  return { step, message: `${operationRule(task).label} (${task}) ${word}.`, task };
}

/** Back goes freely; forward one step at a time, over steps whose tasks are ok or have no more than a warning. */
export function decideStep(from: OnboardingStep, to: OnboardingStep, facts: StepFacts): StepDecision {
  if (to === from) return { kind: 'stays' };
  if (to < from) return { kind: 'moved' };
  if (to > from + 1)
    return { kind: 'not_ready', message: `Step ${from + 1} comes before step ${to}.`, task: null };
  for (const { step } of onboardingSteps) {
    const obstacle = step < to ? stepObstacle(step, facts) : null;
    if (obstacle !== null)
      return {
        kind: 'not_ready',
        message: `Step ${to} is not ready: ${obstacle.message}`,
        task: obstacle.task,
      };
  }
  return { kind: 'moved' };
}
