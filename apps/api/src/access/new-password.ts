import { isCommonPassword } from '@signalbox/db/secrets/common-password';
import { passwordFault } from '@signalbox/domain/access/password-policy';
import { AppError } from '@signalbox/domain/error/app-error';

/**
 * Refuses a password that is too easily guessed; `pointer` is its place in the input.
 * @throws AppError invalid_input
 */
export function refuseWeakPassword(
  pointer: '/password' | '/next',
  { password, username }: { readonly password: string; readonly username: string },
): void {
  const detail = passwordFault({ password, username, common: isCommonPassword(password) });
  if (detail !== null) throw new AppError({ code: 'invalid_input', errors: [{ pointer, detail }] });
}
