import { sqlState } from './retried.ts';

/** An error as a log line may hold it. */
export interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
}

/**
 * What an error is about. The innermost cause is taken, since the database layer repeats a statement with all its
 * parameters in the message of its own error, and those may hold anything.
 */
export function describeError(error: unknown): ErrorFacts {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  if (!(inner instanceof Error)) return { name: typeof inner, message: String(inner) };
  const found = sqlState(error);
  const code = found === null ? {} : { code: found };
  const stack = inner.stack === undefined ? {} : { stack: inner.stack };
  return { name: inner.name, message: inner.message, ...code, ...stack };
}
