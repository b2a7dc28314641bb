import type { Capability } from '../access/capabilities.ts';
import type { OperationRule } from '../operation/registry.ts';
import { isTerminal, type RunStatus } from './lifecycle.ts';

/** What a member can ask of a run. */
export const runActions = ['cancel', 'replay', 'retry_failed_items'] as const;
export type RunAction = (typeof runActions)[number];

const needed: Readonly<Record<RunAction, Capability>> = {
  cancel: 'run.cancel',
  replay: 'run.replay',
  retry_failed_items: 'run.retry',
};

export interface ActionFacts {
  readonly status: RunStatus;
  readonly failedItems: number;
  readonly cancelRequested: boolean;
  readonly rule: OperationRule;
}

export interface ActionVerdict {
  readonly action: RunAction;
  readonly allowed: boolean;
  /** Why not, as a sentence; null when allowed. */
  readonly reason: string | null;
}

/** Whether the state of a run admits an action, whoever asks. Null when it does, else the reason. */
export function actionProblem(action: RunAction, facts: ActionFacts): string | null {
  const ended = isTerminal(facts.status);
  switch (action) {
    case 'cancel':
      if (ended) return 'The run has already ended.';
      return facts.cancelRequested ? 'A cancel has already been asked for.' : null;
    case 'replay':
      return ended ? null : 'The run has not ended yet.';
    case 'retry_failed_items':
      if (!ended) return 'The run has not ended yet.';
      if (facts.rule.itemField === null) return 'Items of this operation cannot be run on their own.';
      return facts.failedItems > 0 ? null : 'The run has no failed items.';
  }
}

/** Every action with its verdict for one caller; the console and REST show the same list. */
export function actionsFor(facts: ActionFacts, holds: (capability: Capability) => boolean): ActionVerdict[] {
  return runActions.map((action) => {
    const problem = actionProblem(action, facts);
    const lacking = holds(needed[action]) ? null : `You lack the capability ${needed[action]}.`;
    const reason = problem ?? lacking;
    return { action, allowed: reason === null, reason };
  });
}

export function actionCapability(action: RunAction): Capability {
  return needed[action];
}
