import type { WorkspaceTransaction } from '@signalbox/db/client/database';
import type { ClaimedRun } from '@signalbox/db/commands/run/claim-runs';
import {
  LeaseLost,
  type RunEnd,
  type RunWrite,
  type WriteResult,
} from '@signalbox/db/commands/run/run-write';
import type { Counts } from '@signalbox/domain/run/counts';
import { internalError } from './classify.ts';
import type { Lease } from './lease.ts';
import { createPendingWrites, type PendingWrites } from './pending-writes.ts';
import { createRedactor, type Redactor } from './redactor.ts';
import { retryWhileHeld } from './retry-while-held.ts';

/** How writes reach the database. */
export interface JournalOutlet {
  /** Shares its commit with the writes of other runs. */
  send(lease: Lease, write: RunWrite): Promise<WriteResult>;
  /** Has a transaction of its own, in which `work` runs behind the fence. */
  sendWith<T>(
    lease: Lease,
    write: RunWrite,
    work: (tx: WorkspaceTransaction) => Promise<T>,
  ): Promise<{ readonly result: WriteResult; readonly value: T }>;
  /** Called with the newest event number after each commit. */
  told(lease: Lease, eventSeq: number): void;
}

/** Counts, progress, step and last word of a run as its worker sees them, ahead of what is recorded. */
export interface Standing {
  counts: Counts;
  progress: number | null;
  currentStep: string | null;
  progressMessage: string | null;
}

/** Everything that is written for one run between claim and end, in order, one write at a time. */
export interface Journal {
  readonly standing: Standing;
  /** What keeps secrets out of everything written here. */
  readonly redactor: Redactor;
  /** Gathers what is durable within a quarter of a second. Waits only when too much is on its way already. */
  note(add: (pending: PendingWrites) => void): Promise<void>;
  /** Gathers, and waits until everything up to here is durable. */
  commit(add: (pending: PendingWrites) => void): Promise<void>;
  /**
   * The same, with rows of the operation's own in the same fenced transaction. `work` may run twice. `add` is called
   * right before the write is made, so that what it says commits with the rows and never before them.
   */
  save<T>(work: (tx: WorkspaceTransaction) => Promise<T>, add?: (pending: PendingWrites) => void): Promise<T>;
  /** The last write: gives the lease back. */
  end(end: RunEnd): Promise<WriteResult>;
}

const noteMs = 250;
const noteSize = 64 * 1024;
const heldBackSize = 1024 * 1024;

/**
 * @throws LeaseLost from every method as soon as the lease is lost; the error of a write that was refused for a
 * reason that will not pass, from then on from everything but `end`
 */
export function createJournal(run: ClaimedRun, lease: Lease, outlet: JournalOutlet): Journal {
  const pending = createPendingWrites();
  const redactor = createRedactor();
  const standing: Standing = {
    counts: run.counts,
    progress: run.progress,
    currentStep: run.currentStep,
    progressMessage: null,
  };
  let recorded: Standing = { ...standing };
  let number = 0;
  let broken: unknown = null;
  let closed = false;
  let flushing = false;
  let timer: NodeJS.Timeout | undefined;
  let tail: Promise<void> = Promise.resolve();

  /** Writes go one after the other; each takes what was gathered up to its turn. */
  const inTurn = <T>(write: () => Promise<T>): Promise<T> => {
    clearTimeout(timer);
    timer = undefined;
    const turn = tail.then(write);
    tail = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  };

  const nextWrite = (end: RunEnd | null): RunWrite => {
    number += 1;
    // After a refused write only what is recorded is certain.
    const { counts, progress, currentStep, progressMessage } = broken === null ? standing : recorded;
    const gathered = broken === null ? pending.take() : createPendingWrites().take();
    const stand = { counts, progress, currentStep, progressMessage };
    return redactor.write({ runId: run.id, epoch: run.epoch, number, ...stand, ...gathered, end });
  };

  /** Sends a write until its outcome is known: one whose reply was lost is recognised by its number. */
  const deliver = async <T>(
    write: RunWrite,
    send: () => Promise<{ readonly result: WriteResult; readonly value: T }>,
  ): Promise<{ readonly result: WriteResult; readonly value: T }> => {
    try {
      const answer = await retryWhileHeld(lease, send);
      const { result } = answer;
      if (result.kind === 'lease_lost') {
        lease.stop('lease_lost');
        throw new LeaseLost(run.id);
      }
      const { counts, progress, currentStep, progressMessage = null } = write;
      recorded = { counts, progress, currentStep, progressMessage };
      outlet.told(lease, result.eventSeq);
      if (result.cancelRequested && write.end === null) lease.stop('cancel');
      return answer;
    } catch (error) {
      if (!(error instanceof LeaseLost)) {
        number -= 1;
        broken = error;
        lease.stop('broken');
      }
      throw error;
    }
  };

  const sendPlain = (write: RunWrite) => async () => ({
    result: await outlet.send(lease, write),
    value: undefined,
  });

  const refuseWhenBroken = (): void => {
    if (broken !== null) throw broken;
    if (closed) throw new LeaseLost(run.id);
  };

  const flush = (): Promise<void> => {
    flushing = true;
    return inTurn(async () => {
      flushing = false;
      if (broken !== null) throw broken;
      if (pending.empty()) return;
      const write = nextWrite(null);
      await deliver(write, sendPlain(write));
    });
  };
  // A failure shows at the next commit, and by the signal that aborts the work.
  const flushAside = (): void => void flush().catch(() => undefined);

  return {
    standing,
    redactor,
    note: async (add) => {
      refuseWhenBroken();
      add(pending);
      if (pending.size() >= heldBackSize) return flush();
      if (flushing) return;
      if (pending.size() >= noteSize) flushAside();
      else timer ??= setTimeout(flushAside, noteMs);
    },
    commit: async (add) => {
      refuseWhenBroken();
      add(pending);
      await flush();
    },
    save: async (work, add) => {
      refuseWhenBroken();
      return inTurn(async () => {
        if (broken !== null) throw broken;
        add?.(pending);
        const write = nextWrite(null);
        const { value } = await deliver(write, () => outlet.sendWith(lease, write, work));
        return value;
      });
    },
    end: (end) => {
      closed = true;
      return inTurn(async () => {
        // A write refused meanwhile, by its own turn, may have held results: the run must not end as if they were kept.
        const lost = broken !== null && end.kind === 'finish' && end.result.kind !== 'failed';
        const write = nextWrite(lost ? { ...end, result: { kind: 'failed', error: internalError } } : end);
        const { result } = await deliver(write, sendPlain(write));
        return result;
      });
    },
  };
}
