import type { ReasonCode } from '../gate/reasons.ts';

/**
 * Why a run did not succeed, in words fit for everyone who may see the run.
 * `context` holds only ids, codes and counts: never a secret, a path, SQL or a stack.
 */
export interface SafeError {
  readonly code: ReasonCode;
  readonly message: string;
  readonly context?: Readonly<Record<string, string | number | boolean>>;
}
