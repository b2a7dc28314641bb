import type { ReasonCode } from '../gate/reasons.ts';
import type { RunStatus } from '../run/lifecycle.ts';
import type { ItemMove, PlanItemStatus } from './plan-item.ts';
import type { PlanStatus } from './plan-status.ts';

/** An item of work that is done one after the other. */
export interface SuccessionItem {
  readonly id: number;
  readonly status: PlanItemStatus;
}

/** What a sequence comes to next. */
export type Succession<TItem> =
  /** The run of this item is active; its end goes on with the sequence. */
  | { readonly kind: 'under_way'; readonly item: TItem }
  /** Everything before it has succeeded: it may be tried, as far as what it waits for is over. */
  | { readonly kind: 'due'; readonly item: TItem }
  /** This one did not succeed, so those behind it are not tried any more. */
  | { readonly kind: 'stopped'; readonly because: TItem; readonly skip: readonly TItem[] }
  | { readonly kind: 'ended'; readonly status: Exclude<PlanStatus, 'working'> };

/**
 * How work goes on that is done one after the other. `items` stand in their order. Nothing begins before everything in
 * front of it has succeeded, so one that failed is the last that was tried.
 */
export function succession<TItem extends SuccessionItem>(items: readonly TItem[]): Succession<TItem> {
  const active = items.find(({ status }) => status === 'admitted');
  if (active !== undefined) return { kind: 'under_way', item: active };
  const first = items.find(({ status }) => status !== 'done');
  if (first === undefined) return { kind: 'ended', status: 'completed' };
  if (first.status === 'waiting') return { kind: 'due', item: first };
  const skip = items.filter(({ status }) => status === 'waiting');
  if (skip.length > 0) return { kind: 'stopped', because: first, skip };
  return { kind: 'ended', status: first.status === 'aborted' ? 'aborted' : 'failed' };
}

/** An item whose plan waits for the end of the run it became. */
export function untilItsEnd(move: ItemMove): ItemMove {
  return move.status === 'done' && move.runId !== null ? { ...move, status: 'admitted' } : move;
}

/** How an item goes on when its run has ended. */
export type RunEnding =
  | { readonly status: 'done'; readonly reason: null }
  | { readonly status: 'failed'; readonly reason: ReasonCode };

/**
 * What the end of a run means for what stands behind it. Only a success lets it go on: a run that ended `partial` left
 * gaps, and whoever reads that a sequence is completed may rely on all of it having been done.
 */
export function afterRun(status: RunStatus, reason: ReasonCode | null): RunEnding {
  if (status === 'succeeded') return { status: 'done', reason: null };
  return { status: 'failed', reason: reason ?? (status === 'cancelled' ? 'cancelled' : 'internal') };
}
