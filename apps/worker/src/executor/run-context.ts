import type { Database, WorkspaceTransaction } from '@signalbox/db/client/database';
import type { ClaimedRun } from '@signalbox/db/commands/run/claim-runs';
import type { Deed } from '@signalbox/db/commands/run/deeds';
import type { RecordedWork } from '@signalbox/db/queries/run/load-work';
import type { Json, JsonObject } from '@signalbox/domain/gate/canonical';
import { type Counts, type ItemOutcome, remaining } from '@signalbox/domain/run/counts';
import type { LogLevel } from '@signalbox/domain/run/events';
import type { SafeError } from '@signalbox/domain/run/safe-error';
import type { PassFailpoint } from '../failpoint.ts';
import { createItems } from './items.ts';
import type { Journal } from './journal.ts';
import type { Lease } from './lease.ts';
import { retryWhileHeld } from './retry-while-held.ts';
import { createSteps } from './steps.ts';

/** What an operation can know and do about its run. Every method throws once the run has to stop. */
export interface RunContext {
  readonly run: Omit<ClaimedRun, 'epoch' | 'counts' | 'progress' | 'currentStep' | 'eventSeq'>;
  /** Aborts on a cancel, on the loss of the lease and when the worker stops. Hand it to every wait. */
  readonly signal: AbortSignal;
  /**
   * Does a durable stage once: its result is recorded, and the next attempt reads it instead of acting again.
   * `idempotent` says that repeating the effect under the same key is safe. Where it is not, the intent is
   * committed first, the signal given is one that lets a begun effect end, and a crash in between ends the run
   * with `outcome_unknown`. Names are unique within a run; results are JSON.
   */
  step<Result extends Json>(
    name: string,
    options: { readonly idempotent: boolean },
    effect: (effectKey: string, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result>;
  /**
   * Does a durable stage that reads outside and keeps what it read: the rows, the result and the counts commit
   * together, so that a later attempt finds all of it or nothing. For operations that read too many things to give
   * each an item of its own; reading again must be harmless. Names are those of steps.
   */
  stage<Read, Result extends JsonObject>(name: string, stage: Stage<Read, Result>): Promise<Result>;
  readonly items: RunItems;
  /** Whole lines of output. What looks like a secret is taken out, and so is everything that was concealed. */
  log(level: LogLevel, text: string): Promise<void>;
  /** Values that nothing of this attempt may show from here on, such as a credential just opened. */
  conceal(...values: readonly string[]): void;
  /** @param fraction share of the work done, 0 to 1; null where it is not known */
  progress(fraction: number | null, message?: string): Promise<void>;
  /** Reads in one transaction of the run's workspace, again while the database is away. */
  read<T>(work: (tx: WorkspaceTransaction) => Promise<T>): Promise<T>;
  /**
   * Writes rows of the operation's own, fenced, together with whatever was noted before. `work` may run twice when
   * a reply is lost, so it writes with ON CONFLICT, and it calls nothing outside the database.
   */
  save<T>(work: (tx: WorkspaceTransaction) => Promise<T>): Promise<T>;
  /**
   * Changes other data of the workspace, in the same transaction as everything noted in the same turn and, at the
   * latest, with the end of the attempt. Like a result it may still be noted when the run has to stop.
   */
  deed(deed: Deed): Promise<void>;
  /** What the run gives in the end. */
  setOutput(output: JsonObject): void;
}

/** Reading and keeping, as one durable step. */
export interface Stage<Read, Result extends JsonObject> {
  read(signal: AbortSignal): Promise<Read>;
  /** Keeps what was read, behind the fence. Calls nothing outside the database. */
  write(tx: WorkspaceTransaction, read: Read): Promise<Result>;
  /**
   * The counts of the run once this is kept; undefined leaves them. Counted so, `succeeded` reaches `total` only with
   * the last stage: a run whose counts are all settled is past the reach of a cancel.
   */
  counts(read: Read): Counts | undefined;
}

/** The units of work of a run, each with a result of its own. */
export interface RunItems {
  /** Declares items, durably; keys already declared, by an earlier attempt too, are left as they are. */
  declare(items: readonly { readonly key: string; readonly label: string }[]): Promise<void>;
  /** Items without a result, in order. */
  open(): readonly { readonly key: string; readonly label: string }[];
  /** The stable key of an item's outside effect. */
  effectKey(key: string): string;
  /** Records a result; several share a write, durable within a quarter of a second. */
  settle(
    key: string,
    outcome: ItemOutcome,
    more?: { readonly error?: SafeError; readonly detail?: Json },
  ): Promise<void>;
}

export interface RunContextParts {
  readonly database: Database;
  readonly run: ClaimedRun;
  readonly lease: Lease;
  readonly journal: Journal;
  readonly recorded: RecordedWork;
  readonly failpoint: PassFailpoint;
  readonly now: () => number;
  readonly output: { value: JsonObject | null };
}

export function createRunContext(parts: RunContextParts): RunContext {
  const { database, run, lease, journal, recorded, output } = parts;
  const { standing } = journal;
  /**
   * Stops an operation at its next word. A cancel that finds all the work done is too late: what is left is to say so,
   * and the run ends as what it is.
   */
  const goOn = (): void => {
    const allDone = standing.counts.total > 0 && remaining(standing.counts) === 0;
    if (lease.stopCause() !== 'cancel' || !allDone) lease.signal.throwIfAborted();
  };
  return {
    run,
    signal: lease.signal,
    ...createSteps({ ...parts, goOn, recorded: recorded.steps }),
    items: createItems(run, journal, recorded.items),
    log: async (level, text) => {
      goOn();
      // Before the text is cut into chunks, so that no secret is cut in two.
      const shown = journal.redactor.log(text);
      await journal.note((pending) => pending.log({ level, step: standing.currentStep, text: shown }));
    },
    conceal: (...values) => journal.redactor.conceal(values),
    progress: async (fraction, message) => {
      goOn();
      await journal.note((pending) => {
        standing.progress = fraction;
        standing.progressMessage = message ?? null;
        const { counts, currentStep } = standing;
        pending.entry({
          kind: 'progress',
          data: {
            counts,
            ...(fraction !== null && { fraction }),
            ...(message !== undefined && { message }),
            ...(currentStep !== null && { currentStep }),
          },
        });
      });
    },
    read: (work) => {
      goOn();
      return retryWhileHeld(lease, () => database.inWorkspace(run.workspaceId, work));
    },
    save: (work) => {
      goOn();
      return journal.save(work);
    },
    deed: (deed) => journal.note((pending) => pending.deed(deed)),
    setOutput: (value) => {
      output.value = value;
    },
  };
}
