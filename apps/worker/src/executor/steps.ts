import type { ClaimedRun } from '@signalbox/db/commands/run/claim-runs';
import { LeaseLost, type StepWrite } from '@signalbox/db/commands/run/run-write';
import type { RecordedStep } from '@signalbox/db/queries/run/load-work';
import type { Json } from '@signalbox/domain/gate/canonical';
import type { PassFailpoint } from '../failpoint.ts';
import { OperationFailure, OutcomeUnknown } from '../operations/failures.ts';
import { toSafeError } from './classify.ts';
import type { Journal } from './journal.ts';
import type { Lease } from './lease.ts';
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
export function createSteps(options: StepsOptions): RunContext['step'] {
  const { run, lease, journal, failpoint, goOn, now } = options;
  const known = new Map(options.recorded.map((step) => [step.name, step]));
  const used = new Set<string>();

  return async <Result extends Json>(
    name: string,
    { idempotent }: { readonly idempotent: boolean },
    effect: (effectKey: string, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> => {
    goOn();
    if (used.has(name)) throw new Error(`Step ${name} was used twice in one attempt.`);
    used.add(name);
    const earlier = known.get(name);
    if (earlier?.state === 'done') return earlier.result as Result;
    // Begun, and nothing says how it ended.
    if (earlier?.state === 'intent' && !idempotent) throw new OutcomeUnknown(name);

    const position = earlier?.position ?? known.size + 1;
    known.set(name, { name, position, state: 'intent', result: null });
    const effectKey = `run:${run.uid}:${name}`;
    const startedAt = now();
    const write = (rest: Pick<StepWrite, 'state' | 'result' | 'error'>): StepWrite => {
      const startedMsAgo = now() - startedAt;
      return { name, position, attempt: run.attempt, effectKey, startedMsAgo, ...rest };
    };
    const intent = (pending: Parameters<Parameters<Journal['note']>[0]>[0]): void => {
      // What was said about the step before says nothing about this one.
      if (journal.standing.currentStep !== name) journal.standing.progressMessage = null;
      journal.standing.currentStep = name;
      pending.step(write({ state: 'intent' }));
      pending.entry({ kind: 'step', data: { name, attempt: run.attempt, state: 'intent' } });
    };
    // What may be repeated need not wait for its intent; what may not must leave a trace before it acts.
    await (idempotent ? journal.note(intent) : journal.commit(intent));
    failpoint('after_intent', name);
    if (!lease.held()) throw new LeaseLost(run.id);

    let result: Result;
    try {
      result = await effect(effectKey, idempotent ? lease.signal : lease.lostSignal);
    } catch (error) {
      if (leavesIntent(error, lease)) throw error;
      const safeError = toSafeError(error);
      await journal.note((pending) => {
        pending.step(write({ state: 'failed', error: safeError }));
        const data = { name, attempt: run.attempt, state: 'failed', code: safeError.code } as const;
        pending.entry({ kind: 'step', data });
      });
      throw error;
    }
    failpoint('after_effect', name);
    await journal.commit((pending) => {
      pending.step(write({ state: 'done', result }));
      pending.entry({ kind: 'step', data: { name, attempt: run.attempt, state: 'done' } });
    });
    failpoint('after_record', name);
    return result;
  };
}

/** True when the error does not say that the effect failed: the intent then stays as the last word on it. */
function leavesIntent(error: unknown, lease: Lease): boolean {
  if (error instanceof LeaseLost || error instanceof OutcomeUnknown) return true;
  return lease.signal.aborted && !(error instanceof OperationFailure);
}
