import type { Json, JsonObject } from '@signalbox/domain/gate/canonical';
import type { WorkResult } from '@signalbox/domain/run/conclude';
import type { Counts, ItemOutcome } from '@signalbox/domain/run/counts';
import type { LogLevel, RunEventBody, StepState } from '@signalbox/domain/run/events';
import type { RunStatus } from '@signalbox/domain/run/lifecycle';
import type { SafeError } from '@signalbox/domain/run/safe-error';
import type { Deed } from './deeds.ts';

/**
 * Everything a worker writes for one run in one transaction. It is a value, so that the writes of many runs can
 * share a commit, and so that a write whose reply was lost can be sent again as it was.
 */
export interface RunWrite {
  readonly runId: number;
  /** The fencing number of the claim. */
  readonly epoch: number;
  /** 1 for the first write under this epoch, then one more each: the second sending of a write is recognised by it. */
  readonly number: number;
  /** Numbered in this order. */
  readonly entries: readonly RunEntry[];
  /** Counts, progress, step and message as they are after this write; only the lease holder changes them. */
  readonly counts: Counts;
  readonly progress: number | null;
  readonly currentStep: string | null;
  /** What the operation last said about its progress. */
  readonly progressMessage?: string | null;
  /** At most one per step. */
  readonly steps: readonly StepWrite[];
  readonly declared: readonly DeclaredItem[];
  readonly results: readonly ItemResult[];
  /** What else of the workspace's data changes with this write. */
  readonly deeds?: readonly Deed[];
  /** Gives the lease back; null while the work goes on. */
  readonly end: RunEnd | null;
}

/** An event, or a chunk of log that takes its number from the same sequence. */
export type RunEntry = Exclude<RunEventBody, { kind: 'log' }> | LogChunk;

export interface LogChunk {
  readonly kind: 'log';
  readonly level: LogLevel;
  readonly step: string | null;
  readonly text: string;
}

export interface StepWrite {
  readonly name: string;
  /** Order of first appearance in the run, from 1. */
  readonly position: number;
  readonly attempt: number;
  readonly state: StepState;
  readonly effectKey: string;
  readonly result?: Json;
  readonly error?: SafeError;
  /** How long ago the step began, in milliseconds, on the worker's monotonic clock. */
  readonly startedMsAgo: number;
}

export interface DeclaredItem {
  readonly position: number;
  readonly key: string;
  readonly label: string;
}

export interface ItemResult {
  readonly key: string;
  readonly outcome: ItemOutcome;
  readonly error?: SafeError;
  readonly detail?: Json;
}

/** Why a run goes back to the queue; a code of the reason catalogue. */
export type HandBackCause = 'waiting_for_worker' | 'waiting_to_retry' | 'throttled';

export type RunEnd =
  | {
      readonly kind: 'hand_back';
      readonly cause: HandBackCause;
      /** From now, in milliseconds, on the database's clock. */
      readonly delayMs: number;
      readonly error?: SafeError;
    }
  | { readonly kind: 'finish'; readonly result: WorkResult; readonly output: JsonObject | null };

/** What became of a write. */
export type WriteResult =
  | {
      readonly kind: 'written';
      /** Number of the run's newest event. */
      readonly eventSeq: number;
      readonly cancelRequested: boolean;
      /** Where the run stands after the write, and the scopes it no longer holds. */
      readonly status: RunStatus;
      readonly freedScopes: readonly string[];
    }
  /** An earlier sending of the same write had been committed; nothing was done twice. */
  | { readonly kind: 'repeated'; readonly eventSeq: number; readonly cancelRequested: boolean }
  /** Another epoch, or no longer running: nothing was written, and nothing may be. */
  | { readonly kind: 'lease_lost' };

/** Thrown to whoever tries to write for a run whose lease is no longer theirs. */
export class LeaseLost extends Error {
  constructor(runId: number) {
    super(`The lease of run ${runId} is lost.`);
    this.name = 'LeaseLost';
  }
}
