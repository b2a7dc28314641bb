import type { PlanItemStatus } from './plan-item.ts';

/** What kinds of planned work there are. */
export const planKinds = ['bulk'] as const;
export type PlanKind = (typeof planKinds)[number];

/** A plan works until no item waits, or until somebody aborts it. */
export const planStatuses = ['working', 'completed', 'aborted'] as const;
export type PlanStatus = (typeof planStatuses)[number];

/** How many items of a plan are in each state. */
export type ItemCounts = Readonly<Record<PlanItemStatus, number>>;

export const noItems: ItemCounts = { waiting: 0, done: 0, failed: 0, skipped: 0, aborted: 0 };

/** The status that follows from the items. An aborted item says that somebody stopped the plan. */
export function planStatus(counts: ItemCounts): PlanStatus {
  if (counts.waiting > 0) return 'working';
  return counts.aborted > 0 ? 'aborted' : 'completed';
}

/** Items that need nothing more. */
export function settled(counts: ItemCounts): number {
  return counts.done + counts.failed + counts.skipped + counts.aborted;
}
