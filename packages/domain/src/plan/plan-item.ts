import type { StartVerdict } from '../gate/describe-start.ts';
import { verdictReason } from '../gate/describe-start.ts';
import type { ReasonCode } from '../gate/reasons.ts';

/**
 * Every state an item of a plan can be in. It is `admitted` while a plan waits for the end of its run: where the items
 * do not build on each other, an item is done as soon as it has been started.
 */
export const planItemStatuses = ['waiting', 'admitted', 'done', 'failed', 'skipped', 'aborted'] as const;
export type PlanItemStatus = (typeof planItemStatuses)[number];

/** The states of an item whose plan does not wait for the end of its run. */
export const startedItemStatuses = ['waiting', 'done', 'failed', 'skipped', 'aborted'] as const;
export type StartedItemStatus = (typeof startedItemStatuses)[number];

/** From each state, the states it may move to. A waiting item that is tried in vain goes on waiting. */
export const itemTransitions: Readonly<Record<PlanItemStatus, readonly PlanItemStatus[]>> = {
  waiting: ['waiting', 'admitted', 'done', 'failed', 'skipped', 'aborted'],
  admitted: ['done', 'failed'],
  done: [],
  failed: [],
  skipped: [],
  aborted: [],
};

/** What was answered to the work of an item: by the start gate, or by a cancel. */
export const itemOutcomes = [
  'accepted',
  'deduped',
  'scope_busy',
  'blocked',
  'cancelled',
  'cancel_requested',
] as const;
export type PlanItemOutcome = (typeof itemOutcomes)[number];

/** Why an item waits: two reasons pass by themselves, every other refusal is final. */
export const waitCauses = ['scope_busy', 'throttled'] as const satisfies readonly ReasonCode[];
export type WaitCause = (typeof waitCauses)[number];

/** How an item goes on after it was tried. */
export type ItemMove =
  | {
      readonly status: 'done' | 'admitted';
      readonly outcome: PlanItemOutcome;
      readonly reason: ReasonCode | null;
      /** The new or the active run; null where the work makes none. */
      readonly runId: number | null;
    }
  | {
      readonly status: 'waiting';
      readonly outcome: 'scope_busy' | 'blocked';
      readonly cause: WaitCause;
      /** The protected scope that must be free; null when it waits for a time. */
      readonly scopeKey: string | null;
      /** When it may be tried again; null when it waits for a scope. */
      readonly until: Date | null;
    }
  | { readonly status: 'failed'; readonly outcome: 'blocked' | null; readonly reason: ReasonCode }
  | { readonly status: 'skipped'; readonly problem: string };

/**
 * How an item goes on after the gate's answer. Planned work waits for a held scope and for a throttle, since both
 * pass without anybody's doing; whatever needs a person fails the item. `runId` is that of the new or active run.
 */
export function afterVerdict(verdict: StartVerdict, runId: number | null): ItemMove {
  switch (verdict.kind) {
    case 'accepted':
    case 'deduped':
      return { status: 'done', outcome: verdict.kind, reason: verdictReason(verdict), runId };
    case 'scope_busy':
      return {
        status: 'waiting',
        outcome: 'scope_busy',
        cause: 'scope_busy',
        scopeKey: verdict.holder.scopeKey,
        until: null,
      };
    case 'blocked':
      if (verdict.reason !== 'throttled' || verdict.retryAt === undefined)
        return { status: 'failed', outcome: 'blocked', reason: verdict.reason };
      return {
        status: 'waiting',
        outcome: 'blocked',
        cause: 'throttled',
        scopeKey: null,
        until: verdict.retryAt,
      };
  }
}

/** Whether planned work waits after this answer. Such an answer refuses nothing for good. */
export function waitsAfter(verdict: StartVerdict): boolean {
  return afterVerdict(verdict, null).status === 'waiting';
}
