import type { StartedItemStatus } from './plan-item.ts';

/**
 * What kinds of planned work there are. The items of a `bulk` are independent of each other; those of a `bootstrap` are
 * done one after the other, each after the success of the one before; those of a `batch` each after the success of all
 * that it depends on.
 */
export const planKinds = ['bulk', 'bootstrap', 'batch'] as const;
export type PlanKind = (typeof planKinds)[number];

/** A plan works until nothing is left to do, or until somebody aborts it. */
export const planStatuses = ['working', 'completed', 'failed', 'aborted'] as const;
export type PlanStatus = (typeof planStatuses)[number];

/** The states of a bulk action: what became of its runs is theirs to say, so it never fails as a whole. */
export const bulkStatuses = ['working', 'completed', 'aborted'] as const satisfies readonly PlanStatus[];
export type BulkStatus = (typeof bulkStatuses)[number];

/** How many items of a bulk action are in each state. */
export type ItemCounts = Readonly<Record<StartedItemStatus, number>>;

export const noItems: ItemCounts = { waiting: 0, done: 0, failed: 0, skipped: 0, aborted: 0 };

/** The status that follows from the items. An aborted item says that somebody stopped the plan. */
export function planStatus(counts: ItemCounts): BulkStatus {
  if (counts.waiting > 0) return 'working';
  return counts.aborted > 0 ? 'aborted' : 'completed';
}

/** Items that need nothing more. */
export function settled(counts: ItemCounts): number {
  return counts.done + counts.failed + counts.skipped + counts.aborted;
}
