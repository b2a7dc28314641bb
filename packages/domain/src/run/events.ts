import type { ReasonCode } from '../gate/reasons.ts';
import type { Counts, ItemOutcome } from './counts.ts';
import type { RunStatus } from './lifecycle.ts';
import type { SafeError } from './safe-error.ts';

/**
 * What a run's append-only history keeps. Reasons are bare codes here; a presenter adds labels and next steps.
 * Events are numbered from 1 without gaps, whatever their kind.
 */
export type RunEventBody =
  | { readonly kind: 'state'; readonly data: StateChange }
  | { readonly kind: 'progress'; readonly data: ProgressReport }
  | { readonly kind: 'item'; readonly data: ItemReport }
  | { readonly kind: 'step'; readonly data: StepReport }
  /** The text stands in `run_logs` under the same number. */
  | { readonly kind: 'log'; readonly data: { readonly level: LogLevel; readonly step?: string } }
  | { readonly kind: 'request'; readonly data: { readonly action: string; readonly by?: string } };

/** How urgent a piece of log is. */
export const logLevels = ['info', 'warning', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** A durable step was begun (`intent`), or ended in one of two ways. */
export const stepStates = ['intent', 'done', 'failed'] as const;
export type StepState = (typeof stepStates)[number];

export interface StateChange {
  /** Null for the event that made the run. `running` to `running` is a takeover after an expired lease. */
  readonly from: RunStatus | null;
  readonly to: RunStatus;
  readonly reason?: ReasonCode;
  readonly safeError?: SafeError;
  /** ISO 8601; when a worker may take it, where that is later than now. */
  readonly wakeAt?: string;
  /** The worker that took it. */
  readonly worker?: string;
}

export interface ProgressReport {
  readonly counts: Counts;
  /** Share of the work done, 0 to 1. */
  readonly fraction?: number;
  readonly message?: string;
  readonly currentStep?: string;
}

/** Items that were recorded together share one event. `counts` are those after them. */
export interface ItemReport {
  readonly items: readonly {
    readonly key: string;
    readonly label: string;
    readonly outcome: ItemOutcome;
    readonly code?: ReasonCode;
  }[];
  readonly counts: Counts;
}

export interface StepReport {
  readonly name: string;
  readonly attempt: number;
  readonly state: StepState;
  readonly code?: ReasonCode;
}
