import type { SafeError } from '@signalbox/domain/run/safe-error';
import { OperationFailure, Throttled } from '../../operations/failures.ts';

/** What a failed call to a provider of servers means to whoever has to act on it. */
export type ServerFailureKind =
  /** The credential was refused. */
  | 'auth'
  /** The credential is good and does not suffice. */
  | 'permission'
  /** The account has reached a limit, or has no credit left. */
  | 'quota'
  /** The provider has nothing free of what is wanted. */
  | 'capacity'
  | 'missing'
  /** It does not go together with the state of things there. */
  | 'conflict'
  /** The provider calls the request wrong; sending it again is useless. */
  | 'invalid'
  /** The provider or the way to it does not work now. */
  | 'unavailable'
  | 'throttled';

/** The facts of a failure; the text of the provider is not among them, as it may hold anything. */
export interface ServerFailureFacts {
  readonly kind: ServerFailureKind;
  /** The provider's code; a code of ours where it sent none. */
  readonly code: string;
  /** HTTP status, or null when no answer came. */
  readonly status: number | null;
  /** Whether it may have taken effect although it failed. */
  readonly effect: 'none' | 'unknown';
  /** From now, in milliseconds; of a throttle only. */
  readonly retryAfterMs?: number;
}

/** A call to a provider of servers that did not work. Carries no secret, address or body. */
export class ServerFailure extends Error {
  readonly facts: ServerFailureFacts;

  constructor(facts: ServerFailureFacts) {
    super(`provider of servers: ${facts.kind} (${facts.status ?? 'no answer'}, ${facts.code})`);
    this.name = 'ServerFailure';
    this.facts = facts;
  }
}

/** A server that cannot be had or ended, in words fit for everyone; the others are worth trying. */
export class ServerProblem extends Error {
  readonly safeError: SafeError;

  constructor(safeError: SafeError) {
    super(safeError.message);
    this.name = 'ServerProblem';
    this.safeError = safeError;
  }
}

/** What a throttle without a time is answered with, in milliseconds. */
const unnamedWaitMs = 30_000;

/**
 * What an error says about one server.
 * @throws what concerns the whole attempt: the credential, the provider as a whole, and every error not understood
 */
export function serverError(
  error: unknown,
  said: { readonly provider: string; readonly doing: string },
): SafeError {
  if (error instanceof ServerProblem) return error.safeError;
  const attempt = attemptError(error, said.provider);
  if (attempt !== null) throw attempt;
  if (!(error instanceof ServerFailure)) throw error;
  const { kind } = error.facts;
  const context = contextOf(error.facts);
  const because = `${said.doing} did not work`;
  switch (kind) {
    case 'quota':
      return {
        code: 'provider_refused',
        message: `${because}: the account at ${said.provider} has reached a limit.`,
        context,
      };
    case 'capacity':
      return {
        code: 'provider_refused',
        message: `${because}: ${said.provider} has no free capacity for it at the moment.`,
        context,
      };
    case 'missing':
      return {
        code: 'not_found',
        message: `${because}: ${said.provider} does not know something it names.`,
        context,
      };
    case 'conflict':
      return {
        code: 'conflict',
        message: `${because}: it conflicts with what is there or under way at ${said.provider}.`,
        context,
      };
    default:
      return {
        code: 'provider_refused',
        message: `${because}: ${said.provider} refused the request.`,
        context,
      };
  }
}

/** Any error of a call that serves no single server, as the executor understands it. */
export function wholeError(error: unknown, provider: string): unknown {
  const attempt = attemptError(error, provider);
  if (attempt !== null || !(error instanceof ServerFailure)) return attempt ?? error;
  const message = `${provider} refused a request of this run.`;
  return new OperationFailure({ code: 'provider_refused', message, context: contextOf(error.facts) }, false);
}

/** The error that ends the attempt, or null when the failure concerns less than that. */
function attemptError(error: unknown, provider: string): Error | null {
  if (!(error instanceof ServerFailure)) return null;
  const { facts } = error;
  const context = contextOf(facts);
  switch (facts.kind) {
    case 'throttled':
      return new Throttled(facts.retryAfterMs ?? unnamedWaitMs);
    case 'unavailable': {
      const message = `${provider} did not answer as it should.`;
      return new OperationFailure({ code: 'provider_unavailable', message, context }, true);
    }
    case 'auth': {
      const message = `${provider} did not accept the credential of the connection.`;
      return new OperationFailure({ code: 'credential_invalid', message, context }, false);
    }
    case 'permission': {
      const message = `The credential of the connection may not do this at ${provider}.`;
      return new OperationFailure({ code: 'permission_missing', message, context }, false);
    }
    default:
      return null;
  }
}

function contextOf({ code, status }: ServerFailureFacts): Record<string, string | number> {
  return { providerCode: code, ...(status !== null && { status }) };
}
