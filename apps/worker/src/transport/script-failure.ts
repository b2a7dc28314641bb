import { OperationFailure } from '../operations/failures.ts';

/** A script that did not come to an end; another attempt may fare better. */
export function scriptFailure(message: string): OperationFailure {
  return new OperationFailure({ code: 'script_failed', message }, true);
}

/** Arguments that no program can be given, at any attempt. */
export function badArguments(): OperationFailure {
  const message = 'The arguments of a script hold a NUL or are too long.';
  return new OperationFailure({ code: 'provider_refused', message }, false);
}

export function tookTooLong(timeoutMs: number): OperationFailure {
  return scriptFailure(`A script on the server took longer than ${Math.round(timeoutMs / 1_000)} s.`);
}
