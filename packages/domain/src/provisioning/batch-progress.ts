import type { PlanItemStatus } from '../plan/plan-item.ts';
import type { PlanStatus } from '../plan/plan-status.ts';

/** An operation of a batch, as far as what comes next depends on it. */
export interface BatchItem {
  readonly id: number;
  readonly status: PlanItemStatus;
  /** Ids of the items that must be done before it. */
  readonly needs: readonly number[];
  /** Whether it was tried and what it waits for is not over: then it takes nobody's place. */
  readonly held: boolean;
}

/** A batch as it stands. */
export interface BatchFacts<TItem extends BatchItem> {
  /** In the order in which they are tried. */
  readonly items: readonly TItem[];
  /** The most runs at once. */
  readonly parallelLimit: number;
  /** Whether a failure undoes what was done. */
  readonly rollbackEnabled: boolean;
  /** Whether somebody has asked for its end. */
  readonly cancelled: boolean;
  /** What became of the undoing; `none` before it was begun. */
  readonly undoing: 'none' | 'active' | 'ended';
}

/** What stands between a batch and its end. */
export type BatchStage =
  /** An item is under way, due or waiting. */
  | { readonly kind: 'working' }
  /** Nothing is left to do and something failed: what was done is to be undone now. */
  | { readonly kind: 'undo_due' }
  | { readonly kind: 'undoing' }
  | { readonly kind: 'ended'; readonly status: Exclude<PlanStatus, 'working'> };

/** What a batch does next. */
export interface BatchProgress<TItem> {
  /** To be tried now: never more than the limit leaves room for. */
  readonly admit: readonly TItem[];
  /** Not to be tried any more, each with the one that failed and stands before it. */
  readonly skip: readonly { readonly item: TItem; readonly because: TItem }[];
  readonly stage: BatchStage;
}

/**
 * How a batch goes on. It follows from how the items stand and from nothing that came before, so whoever looks next
 * goes on where the last one stopped. Independent operations go on beside a failure; only those behind it are left out.
 */
export function batchProgress<TItem extends BatchItem>(facts: BatchFacts<TItem>): BatchProgress<TItem> {
  const { items, parallelLimit, cancelled } = facts;
  const byId = new Map(items.map((item) => [item.id, item]));
  const causes = behindFailures(items);
  const waiting = items.filter(({ status }) => status === 'waiting');
  const skip = waiting.flatMap((item) => {
    const because = causes.get(item.id);
    return because === undefined ? [] : [{ item, because }];
  });
  const admitted = items.filter(({ status }) => status === 'admitted').length;
  const ready = waiting.filter(
    ({ needs, held }) => !held && needs.every((id) => byId.get(id)?.status === 'done'),
  );
  const room = Math.max(parallelLimit - admitted, 0);
  const admit = cancelled ? [] : ready.slice(0, room);
  const left = admitted > 0 || waiting.length > skip.length;
  return { admit, skip, stage: left ? { kind: 'working' } : stageAtRest(facts) };
}

/** Where a batch stands of which nothing is under way and nothing will be tried any more. */
function stageAtRest({ items, rollbackEnabled, cancelled, undoing }: BatchFacts<BatchItem>): BatchStage {
  if (undoing === 'active') return { kind: 'undoing' };
  // Whoever cancels wants no more to be done, so that what was done stays until somebody rolls it back.
  if (cancelled) return { kind: 'ended', status: 'aborted' };
  if (!items.some(({ status }) => status === 'failed')) return { kind: 'ended', status: 'completed' };
  if (rollbackEnabled && undoing === 'none') return { kind: 'undo_due' };
  return { kind: 'ended', status: 'failed' };
}

/** Everything behind something that failed, with the first of the list that did. */
function behindFailures<TItem extends BatchItem>(items: readonly TItem[]): Map<number, TItem> {
  const dependants = new Map<number, TItem[]>();
  for (const item of items) {
    for (const need of item.needs) {
      const behind = dependants.get(need);
      if (behind === undefined) dependants.set(need, [item]);
      else behind.push(item);
    }
  }
  const causes = new Map<number, TItem>();
  for (const failed of items) {
    if (failed.status !== 'failed') continue;
    const reached: TItem[] = [failed];
    for (let at = reached.pop(); at !== undefined; at = reached.pop()) {
      for (const item of dependants.get(at.id) ?? []) {
        if (causes.has(item.id)) continue;
        causes.set(item.id, failed);
        reached.push(item);
      }
    }
  }
  return causes;
}
