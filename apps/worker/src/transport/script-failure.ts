import { OperationFailure } from '../operations/failures.ts';

/** A script that did not come to an end; another attempt may fare better. */
export function scriptFailure(message: string): OperationFailure {
  return new OperationFailure({ code: 'script_failed', message }, true);
}

export function tookTooLong(timeoutMs: number): OperationFailure {
  return scriptFailure(`A script on the server took longer than ${Math.round(timeoutMs / 1_000)} s.`);
}
