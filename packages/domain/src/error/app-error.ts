import type { Capability } from '../access/capabilities.ts';
import type { NextStepCode } from '../gate/next-steps.ts';
import type { ReasonCode } from '../gate/reasons.ts';
import type { BatchProblem } from '../provisioning/batch-problem.ts';

/** Where a request is wrong (a JSON pointer into the input, empty for the whole) and what is wrong there. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

/**
 * Everything that can go wrong with a call in a way its caller can understand. Outcomes that are expected, such as a
 * refusal at the start gate, are values; these are thrown. How each looks on the wire is the mapper's business.
 */
export type AppErrorFacts =
  /** No valid credential. */
  | { readonly code: 'unauthenticated' }
  /** A sign-in with a wrong name or password, or a disabled account: never said which. */
  | { readonly code: 'sign_in_refused' }
  /** Outside the caller's entitlement, or not there: never said which. */
  | { readonly code: 'not_found' }
  /** Visible, but the caller lacks the capability. */
  | { readonly code: 'forbidden'; readonly capability: Capability }
  /** An API key asked for what is a person's own. */
  | { readonly code: 'person_required' }
  /** What was asked for concerns every tenant of the workspace, and the caller is not entitled to all of them. */
  | { readonly code: 'all_tenants_required' }
  /** The password was right; the code of the second factor is missing. */
  | { readonly code: 'mfa_required' }
  /** A code, or a password with it, given again by somebody who is signed in, is wrong or was used before. */
  | { readonly code: 'code_refused' }
  /** The verb is dangerous and the person has a second factor: a fresh code is asked for. */
  | { readonly code: 'step_up_required' }
  /** The shared secret of another system is missing or wrong: never said which. */
  | { readonly code: 'secret_refused' }
  /** A cookie came with a request from another site. */
  | { readonly code: 'origin_refused' }
  | { readonly code: 'invalid_input'; readonly errors: readonly Fault[] }
  /** The thing is not in a state that admits the action, or the race was lost. */
  | {
      readonly code: 'conflict';
      readonly message: string;
      readonly nextSteps?: readonly (NextStepCode | RefusalStep)[];
    }
  /** A start was refused at the gate, on a surface that has no shape of its own for refusals. */
  | {
      readonly code: 'start_refused';
      readonly reason: ReasonCode;
      readonly message: string;
      readonly nextSteps: readonly RefusalStep[];
      /** What else the refusal knows: the holder, missing permissions, the quota. */
      readonly details?: Readonly<Record<string, unknown>>;
      readonly retryAfterSeconds?: number;
    }
  /** An action on many runs was asked for with a selection that holds none, or more than it takes. */
  | { readonly code: 'selection_empty' | 'selection_too_large' }
  /** Well-formed operations that cannot be a batch, and why: all problems at once. */
  | { readonly code: 'batch_impossible'; readonly problems: readonly BatchProblem[] }
  /** The Idempotency-Key was used before with another body. */
  | { readonly code: 'idempotency_mismatch' }
  /** The first request with this Idempotency-Key has not been answered yet. */
  | { readonly code: 'idempotency_in_flight' }
  | { readonly code: 'throttled'; readonly retryAfterSeconds: number }
  /** The question was too wide to be answered in the time a question has. */
  | { readonly code: 'timed_out' }
  /** Not able to serve now; the caller should come back. */
  | {
      readonly code: 'unavailable';
      readonly retryAfterSeconds: number;
      readonly details?: Readonly<Record<string, unknown>>;
    };

/** A next step with its link, already filtered by what the caller may do. */
export interface RefusalStep {
  readonly code: string;
  readonly label: string;
  readonly href?: string;
  readonly capability?: string;
}

export type AppErrorCode = AppErrorFacts['code'];

/** An error with a code from the closed list above. Its message is safe to show to any caller. */
export class AppError extends Error {
  readonly facts: AppErrorFacts;

  constructor(facts: AppErrorFacts) {
    super('message' in facts ? facts.message : facts.code);
    this.name = 'AppError';
    this.facts = facts;
  }

  get code(): AppErrorCode {
    return this.facts.code;
  }
}
