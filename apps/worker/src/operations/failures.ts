import type { SafeError } from '@signalbox/domain/run/safe-error';

/** The work failed for a reason that its operation understands. */
export class OperationFailure extends Error {
  readonly safeError: SafeError;
  /** True when the same attempt may work later; the operation's retry policy says how often it is tried. */
  readonly retryable: boolean;

  constructor(safeError: SafeError, retryable: boolean) {
    super(safeError.message);
    this.name = 'OperationFailure';
    this.safeError = safeError;
    this.retryable = retryable;
  }
}

/** The provider asks for a longer pause than a step should spend waiting; the run goes back to the queue until then. */
export class Throttled extends Error {
  /** From now, in milliseconds. */
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super(`The provider asks to wait for ${retryAfterMs} ms.`);
    this.name = 'Throttled';
    this.retryAfterMs = retryAfterMs;
  }
}

/** A change may or may not have taken effect, and repeating it is not safe. */
export class OutcomeUnknown extends Error {
  readonly step: string;

  constructor(step: string) {
    super(`Whether step ${step} took effect is not known.`);
    this.name = 'OutcomeUnknown';
    this.step = step;
  }
}

/** This worker lacks what the work needs, and another one has it; the run goes back to the queue for that one. */
export class NotHere extends Error {
  constructor(what: string) {
    super(`This worker lacks ${what}.`);
    this.name = 'NotHere';
  }
}
