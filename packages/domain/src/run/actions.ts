import type { Capability } from '../access/capabilities.ts';
import type { OperationRule } from '../operation/rule.ts';
import { decideForceCancel, type ForceCancelFacts } from './force-cancel.ts';
import { isTerminal, type RunStatus } from './lifecycle.ts';

/** What a member can ask of a run. */
export const runActions = ['cancel', 'force_cancel', 'replay', 'retry_failed_items'] as const;
export type RunAction = (typeof runActions)[number];

const needed: Readonly<Record<RunAction, Capability>> = {
  cancel: 'run.cancel',
  force_cancel: 'run.force_cancel',
  replay: 'run.replay',
  retry_failed_items: 'run.retry',
};

/** What decides whether a run may be started again. */
export interface RestartFacts {
  readonly status: RunStatus;
  readonly failedItems: number;
  readonly rule: OperationRule;
}

export type ActionFacts = RestartFacts & ForceCancelFacts;

export interface ActionVerdict {
  readonly action: RunAction;
  readonly allowed: boolean;
  /** Why not, as a sentence; null when allowed. */
  readonly reason: string | null;
  /** When time alone will allow it; null when it does not. */
  readonly from: Date | null;
}

/** Whether the state of a run admits starting it again, whoever asks. Null when it does, else the reason. */
export function restartProblem(
  action: Extract<RunAction, 'replay' | 'retry_failed_items'>,
  facts: RestartFacts,
): string | null {
  if (!isTerminal(facts.status)) return 'The run has not ended yet.';
  if (action === 'replay') return null;
  if (facts.rule.itemField === null) return 'Items of this operation cannot be run on their own.';
  return facts.failedItems > 0 ? null : 'The run has no failed items.';
}

/** Whether the state of a run admits a cancel, whoever asks. Null when it does, else the reason. */
export function cancelProblem(facts: Pick<ActionFacts, 'status' | 'cancelRequestedAt'>): string | null {
  if (isTerminal(facts.status)) return 'The run has already ended.';
  return facts.cancelRequestedAt === null ? null : 'A cancel has already been asked for.';
}

/** Whether the state of a run admits an action, whoever asks. Null when it does, else the reason. */
export function actionProblem(action: RunAction, facts: ActionFacts, now: Date): string | null {
  switch (action) {
    case 'cancel':
      return cancelProblem(facts);
    case 'force_cancel':
      return decideForceCancel(facts, now).problem;
    case 'replay':
    case 'retry_failed_items':
      return restartProblem(action, facts);
  }
}

/** Every action with its verdict for one caller; the console and REST show the same list. */
export function actionsFor(
  facts: ActionFacts,
  holds: (capability: Capability) => boolean,
  now: Date,
): ActionVerdict[] {
  return runActions.map((action) => {
    const problem = actionProblem(action, facts, now);
    const may = holds(needed[action]);
    const reason = problem ?? (may ? null : `You lack the capability ${needed[action]}.`);
    const from = action === 'force_cancel' && may ? decideForceCancel(facts, now).from : null;
    return { action, allowed: reason === null, reason, from };
  });
}

export function actionCapability(action: RunAction): Capability {
  return needed[action];
}
