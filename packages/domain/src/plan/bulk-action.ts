import type { Capability } from '../access/capabilities.ts';
import { isOperation, operationRule } from '../operation/registry.ts';
import { actionCapability, cancelProblem, type RunAction, restartProblem } from '../run/actions.ts';
import { type RunStatus, runStatuses } from '../run/lifecycle.ts';

/** What can be asked of many runs at once. */
export const bulkActions = ['cancel', 'replay', 'retry_failed_items'] as const satisfies readonly RunAction[];
export type BulkAction = (typeof bulkActions)[number];

/** The most runs one bulk action takes. */
export const largestBulk = 1_000;

/** Above this many runs a person confirms by typing the number. */
export const confirmAbove = 50;

/** What decides whether a bulk action applies to a run. */
export interface BulkFacts {
  readonly operation: string;
  readonly status: RunStatus;
  readonly failedItems: number;
  readonly cancelRequestedAt: Date | null;
}

export function isBulkAction(name: string): name is BulkAction {
  return bulkActions.some((action) => action === name);
}

export function bulkCapability(action: BulkAction): Capability {
  return actionCapability(action);
}

/** A cancel always says why: it ends other people's work. */
export function reasonRequired(action: BulkAction): boolean {
  return action === 'cancel';
}

/** Why an action does not apply to a run, as a sentence; null when it does. The same words as for a single run. */
export function bulkProblem(action: BulkAction, facts: BulkFacts): string | null {
  if (action === 'cancel') return cancelProblem(facts);
  if (!isOperation(facts.operation)) return 'This version no longer knows the operation.';
  return restartProblem(action, { ...facts, rule: operationRule(facts.operation) });
}

/** What a bulk action would do, before it is made. It promises nothing: each run is asked again in its turn. */
export interface BulkEstimate {
  readonly total: number;
  /** Runs the action applies to now. */
  readonly applies: number;
  /** In the order of the lifecycle; statuses without a run are left out. */
  readonly byStatus: readonly {
    readonly status: RunStatus;
    readonly total: number;
    readonly applies: number;
  }[];
  /** Runs that would be skipped, by the sentence that says why; the most frequent first. */
  readonly skipped: readonly { readonly reason: string; readonly count: number }[];
}

/** Sums up what an action would do to these runs. */
export function estimateBulk(action: BulkAction, runs: readonly BulkFacts[]): BulkEstimate {
  const totals = new Map<RunStatus, { total: number; applies: number }>();
  const reasons = new Map<string, number>();
  for (const run of runs) {
    const problem = bulkProblem(action, run);
    const sum = totals.get(run.status) ?? { total: 0, applies: 0 };
    sum.total += 1;
    if (problem === null) sum.applies += 1;
    else reasons.set(problem, (reasons.get(problem) ?? 0) + 1);
    totals.set(run.status, sum);
  }
  const byStatus = runStatuses.flatMap((status) => {
    const sum = totals.get(status);
    return sum === undefined ? [] : [{ status, ...sum }];
  });
  return {
    total: runs.length,
    applies: byStatus.reduce((sum, { applies }) => sum + applies, 0),
    byStatus,
    skipped: [...reasons]
      .map(([reason, count]) => ({ reason, count }))
      .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
  };
}
