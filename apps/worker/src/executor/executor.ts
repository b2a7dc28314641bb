import type { Database } from '@signalbox/db/client/database';
import { describeError } from '@signalbox/db/client/describe-error';
import type { ClaimedRun } from '@signalbox/db/commands/run/claim-runs';
import { LeaseLost, type RunEnd } from '@signalbox/db/commands/run/run-write';
import { loadWork } from '@signalbox/db/queries/run/load-work';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { decideAfterClaim } from '@signalbox/domain/run/after-claim';
import type { Logger } from 'pino';
import type { Announcer } from '../announcer.ts';
import type { PassFailpoint } from '../failpoint.ts';
import type { Catalogue } from '../operations/catalogue.ts';
import type { Operation } from '../operations/operation.ts';
import { createClaim } from './claim.ts';
import { decideEnd, type Performed } from './classify.ts';
import { createJournal, type Journal } from './journal.ts';
import { createLease, type Lease, type LeaseClock, type StopCause } from './lease.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { createOutlet } from './outlet.ts';
import { retryWhileHeld } from './retry-while-held.ts';
import { createRunContext } from './run-context.ts';

export interface ExecutorParts extends LeaseClock {
  readonly database: Database;
  readonly keeper: LeaseKeeper;
  readonly catalogue: Catalogue;
  readonly announcer: Announcer;
  /** The name under which this process claims. */
  readonly worker: string;
  readonly logger: Logger;
  readonly failpoint: PassFailpoint;
}

/** What a wake-up says. */
export interface WakeUp {
  readonly workspaceId: string;
  readonly runId: number;
}

/** Executes runs in this process. */
export interface Executor {
  /** Claims the run of a wake-up and works on it until it ends, goes back or is lost. Never throws. */
  execute(wakeUp: WakeUp): Promise<void>;
  /** Passes a cancel on to the run, if it is here. */
  cancel(runId: number): void;
  /** Asks everything here to stop, so that other workers can continue. */
  handOver(): void;
  /** Lets go of everything here: nothing more is written, and each run is taken over when its lease expires. */
  abandon(): void;
  /** Runs that are worked on here. */
  active(): number;
}

interface Here {
  lease: Lease | null;
  /** A wake-up came meanwhile: a run that goes back for a moment may be due before its attempt has left. */
  again: boolean;
  /** Settles when nobody waits for the operation any more, whether it ended or not. */
  readonly letGo: PromiseWithResolvers<void>;
}

export function createExecutor(parts: ExecutorParts): Executor {
  const { database, keeper, catalogue, logger, failpoint, leaseMs, now } = parts;
  const here = new Map<number, Here>();
  let leaving: Extract<StopCause, 'shutdown' | 'lease_lost'> | null = null;
  const claim = createClaim(parts);
  const outlet = createOutlet(parts);

  const work = async (run: ClaimedRun, lease: Lease, letGo: Promise<void>): Promise<void> => {
    const log = logger.child({ runId: run.id, operation: run.operation, epoch: run.epoch });
    const journal = createJournal(run, lease, outlet);
    const end = await decideOutcome(run, { lease, journal, letGo, log });
    if (end === null) {
      log.warn({ stopCause: lease.stopCause() }, 'let go of a run');
      return;
    }
    failpoint('before_finish');
    const result = await journal.end(end);
    failpoint('after_finish');
    log.info(
      { end: end.kind, result: result.kind === 'written' ? result.status : result.kind },
      'ended an attempt',
    );
  };

  const decideOutcome = async (
    run: ClaimedRun,
    attempt: { lease: Lease; journal: Journal; letGo: Promise<void>; log: Logger },
  ): Promise<RunEnd | null> => {
    const { lease, log } = attempt;
    const next = decideAfterClaim(run);
    if (next === 'cancel') return { kind: 'finish', result: { kind: 'stopped' }, output: null };
    if (next === 'poison')
      return failed('poison', `${run.lostLeases} workers in a row were lost at this run.`);
    const operation = catalogue.get(run.operation);
    if (operation === undefined) {
      log.error('no operation of this name');
      return failed('internal', 'This version of the worker does not know the operation.');
    }
    const output: { value: JsonObject | null } = { value: null };
    const performed = await Promise.race([
      perform(operation, run, { ...attempt, output }),
      attempt.letGo.then((): Performed => ({ kind: 'threw', error: new LeaseLost(run.id) })),
    ]);
    if (performed.kind === 'threw') {
      const error = attempt.journal.redactor.logged(describeError(performed.error));
      log.warn({ error, stopCause: lease.stopCause() }, 'an attempt threw');
    }
    const { attempt: number } = run;
    const facts = { performed, stopCause: lease.stopCause(), retry: operation.retry, attempt: number };
    return decideEnd({ ...facts, jitter: Math.random(), output: output.value });
  };

  const perform = async (
    operation: Operation,
    run: ClaimedRun,
    attempt: { lease: Lease; journal: Journal; output: { value: JsonObject | null } },
  ): Promise<Performed> => {
    const { lease } = attempt;
    try {
      // A run that was never claimed before has nothing recorded.
      const recorded =
        run.epoch === 1
          ? { steps: [], items: [] }
          : await retryWhileHeld(lease, () =>
              database.inWorkspace(run.workspaceId, (tx) => loadWork(tx, run.id)),
            );
      const context = createRunContext({ ...attempt, database, run, recorded, failpoint, now });
      return { kind: 'returned', result: await operation.perform(context, run.input) };
    } catch (error) {
      return { kind: 'threw', error };
    }
  };

  const attempt = async ({ workspaceId, runId }: WakeUp, place: Here): Promise<void> => {
    try {
      const claimed = await claim(workspaceId, runId);
      if (claimed === null) return;
      failpoint('after_claim');
      const { run, since } = claimed;
      const lease = createLease(run, since, { leaseMs, now });
      place.lease = lease;
      keeper.hold(lease);
      // Whoever leaves meanwhile gives the run on at once, with its wake-up.
      if (leaving !== null) lease.stop(leaving);
      await work(run, lease, place.letGo.promise).finally(() => keeper.release(lease));
    } catch (error) {
      // Nothing is lost: the lease expires, or the run is still queued, and the sweeper wakes a worker for it.
      logger.error({ runId, error: describeError(error) }, 'an attempt could not be ended');
    }
  };

  return {
    execute: async (wakeUp) => {
      const { runId } = wakeUp;
      const busy = here.get(runId);
      if (busy !== undefined) {
        busy.again = true;
        return;
      }
      let place: Here;
      do {
        place = { lease: null, again: false, letGo: Promise.withResolvers() };
        here.set(runId, place);
        await attempt(wakeUp, place);
        here.delete(runId);
      } while (place.again && leaving !== 'lease_lost');
    },
    cancel: (runId) => here.get(runId)?.lease?.stop('cancel'),
    handOver: () => {
      leaving ??= 'shutdown';
      for (const { lease } of here.values()) lease?.stop('shutdown');
    },
    abandon: () => {
      leaving = 'lease_lost';
      for (const { lease, letGo } of here.values()) {
        lease?.stop('lease_lost');
        letGo.resolve();
      }
    },
    active: () => here.size,
  };
}

function failed(code: 'poison' | 'internal', message: string): RunEnd {
  return { kind: 'finish', result: { kind: 'failed', error: { code, message } }, output: null };
}
