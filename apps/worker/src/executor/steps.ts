import type { ClaimedRun } from '@signalbox/db/commands/run/claim-runs';
import { keepStepResult } from '@signalbox/db/commands/run/record-steps';
import { LeaseLost, type StepWrite } from '@signalbox/db/commands/run/run-write';
import type { RecordedStep } from '@signalbox/db/queries/run/load-work';
import type { Json } from '@signalbox/domain/gate/canonical';
import type { SafeError } from '@signalbox/domain/run/safe-error';
import type { PassFailpoint } from '../failpoint.ts';
import { OperationFailure, OutcomeUnknown } from '../operations/failures.ts';
import { toSafeError } from './classify.ts';
import type { Journal } from './journal.ts';
import type { Lease } from './lease.ts';
import type { PendingWrites } from './pending-writes.ts';
import type { RunContext } from './run-context.ts';

export interface StepsOptions {
  readonly run: ClaimedRun;
  readonly lease: Lease;
  readonly journal: Journal;
  readonly recorded: readonly RecordedStep[];
  readonly failpoint: PassFailpoint;
  /** Throws when the attempt is to stop here. */
  readonly goOn: () => void;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/** Makes the durable steps of one attempt. */
export function createSteps(options: StepsOptions): Pick<RunContext, 'step' | 'stage'> {
  const { run, lease, journal, failpoint, goOn, now } = options;
  const known = new Map(options.recorded.map((step) => [step.name, step]));
  const used = new Set<string>();

  /** Takes up a step: what an earlier attempt recorded, or how this one records it. */
  const begin = (name: string, idempotent: boolean): Begun => {
    goOn();
    if (used.has(name)) throw new Error(`Step ${name} was used twice in one attempt.`);
    used.add(name);
    const earlier = known.get(name);
    if (earlier?.state === 'done') return { kind: 'done', result: earlier.result };
    // Begun, and nothing says how it ended.
    if (earlier?.state === 'intent' && !idempotent) throw new OutcomeUnknown(name);
    const position = earlier?.position ?? known.size + 1;
    known.set(name, { name, position, state: 'intent', result: null });
    const effectKey = `run:${run.uid}:${name}`;
    const startedAt = now();
    const record = (pending: PendingWrites, part: StepPart): void => {
      const { code, ...rest } = part;
      const startedMsAgo = now() - startedAt;
      pending.step({ name, position, attempt: run.attempt, effectKey, startedMsAgo, ...rest });
      const data = { name, attempt: run.attempt, state: part.state, ...(code !== undefined && { code }) };
      pending.entry({ kind: 'step', data });
    };
    return { kind: 'open', effectKey, record };
  };

  const announce = async (name: string, open: OpenStep, durable: boolean): Promise<void> => {
    const intent = (pending: PendingWrites): void => {
      // What was said about the step before says nothing about this one.
      if (journal.standing.currentStep !== name) journal.standing.progressMessage = null;
      journal.standing.currentStep = name;
      open.record(pending, { state: 'intent' });
    };
    await (durable ? journal.commit(intent) : journal.note(intent));
    failpoint('after_intent', name);
    if (!lease.held()) throw new LeaseLost(run.id);
  };

  /** Lets the effect work, and records when it failed. */
  const carryOut = async <T>(open: OpenStep, effect: () => Promise<T>): Promise<T> => {
    try {
      return await effect();
    } catch (error) {
      if (leavesIntent(error, lease)) throw error;
      const safeError = toSafeError(error);
      await journal.note((pending) =>
        open.record(pending, { state: 'failed', error: safeError, code: safeError.code }),
      );
      throw error;
    }
  };

  return {
    step: async <Result extends Json>(
      name: string,
      { idempotent }: { readonly idempotent: boolean },
      effect: (effectKey: string, signal: AbortSignal) => Promise<Result>,
    ): Promise<Result> => {
      const begun = begin(name, idempotent);
      if (begun.kind === 'done') return begun.result as Result;
      // What may be repeated need not wait for its intent; what may not must leave a trace before it acts.
      await announce(name, begun, !idempotent);
      const signal = idempotent ? lease.signal : lease.lostSignal;
      const result = await carryOut(begun, () => effect(begun.effectKey, signal));
      failpoint('after_effect', name);
      await journal.commit((pending) => begun.record(pending, { state: 'done', result }));
      failpoint('after_record', name);
      return result;
    },
    stage: async (name, { read, write, counts }) => {
      const begun = begin(name, true);
      if (begun.kind === 'done') return begun.result as Awaited<ReturnType<typeof write>>;
      await announce(name, begun, false);
      const found = await carryOut(begun, () => read(lease.signal));
      failpoint('after_effect', name);
      const after = counts(found);
      const result = await journal.save(
        (tx) => keepStepResult(tx, { runId: run.id, name }, () => write(tx, found)),
        (pending) => {
          begun.record(pending, { state: 'done' });
          if (after === undefined) return;
          journal.standing.counts = after;
          pending.entry({ kind: 'progress', data: { counts: after, currentStep: name } });
        },
      );
      failpoint('after_record', name);
      return result;
    },
  };
}

type StepPart = Pick<StepWrite, 'state' | 'result' | 'error'> & { readonly code?: SafeError['code'] };

/** A step that this attempt does. */
interface OpenStep {
  readonly kind: 'open';
  readonly effectKey: string;
  readonly record: (pending: PendingWrites, part: StepPart) => void;
}

type Begun = OpenStep | { readonly kind: 'done'; readonly result: Json | null };

/** True when the error does not say that the effect failed: the intent then stays as the last word on it. */
function leavesIntent(error: unknown, lease: Lease): boolean {
  if (error instanceof LeaseLost || error instanceof OutcomeUnknown) return true;
  return lease.signal.aborted && !(error instanceof OperationFailure);
}
