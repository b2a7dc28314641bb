import { AppError } from '@signalbox/domain/error/app-error';

/**
 * When a credential expires, as it was given; null for not known.
 * @throws AppError invalid_input when that time has passed: such a credential is none
 */
export function expiryOf(given: string | undefined, now: Date): Date | null {
  if (given === undefined) return null;
  const at = new Date(given);
  if (at > now) return at;
  const errors = [{ pointer: '/credentialExpiresAt', detail: 'must lie in the future' }];
  throw new AppError({ code: 'invalid_input', errors });
}
