import type { ReasonCode } from '../gate/reasons.ts';
import type { PlanItemStatus } from './plan-item.ts';
import type { PlanStatus } from './plan-status.ts';

/** How many items of a plan are in each state; a state nobody is in is absent. */
export type PlanItemCounts = Readonly<Partial<Record<PlanItemStatus, number>>>;

/** What a batch's append-only history keeps, numbered from 1 without gaps. */
export type PlanEventBody =
  | { readonly kind: 'state'; readonly data: PlanStateChange }
  | { readonly kind: 'item'; readonly data: PlanItemChange }
  | { readonly kind: 'undoing'; readonly data: PlanUndoing };

/** The batch as a whole went on. */
export interface PlanStateChange {
  /** Null for the event that made the batch. */
  readonly from: PlanStatus | null;
  readonly to: PlanStatus;
  /** The name of whoever asked for it, where somebody did. */
  readonly by?: string;
}

/** One operation of the batch went on. */
export interface PlanItemChange {
  readonly key: string;
  readonly operation: string;
  readonly from: PlanItemStatus;
  readonly to: PlanItemStatus;
  /** The uuid of its run, where it has one. */
  readonly runUid?: string;
  /** Why it did not succeed; one whose run was cancelled is cancelled too. */
  readonly reason?: ReasonCode;
  /** What became of it, as one plain sentence. */
  readonly message?: string;
  /** The key of the operation that failed, for one that is skipped because of it. */
  readonly because?: string;
}

/** What was done is being taken back, or that has ended. */
export interface PlanUndoing {
  readonly state: 'begun' | 'succeeded' | 'failed';
  /** The uuid of the run that does it. */
  readonly runUid: string;
}

/** An event as it is kept: with how the items stood when it was written. */
export type KeptPlanEvent = PlanEventBody & { readonly data: { readonly counts: PlanItemCounts } };
