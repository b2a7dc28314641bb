import { type Keyring, unseal } from './envelope.ts';
import { recoveryCodeHash } from './recovery-code.ts';
import { sealedPlace } from './sealed-columns.ts';
import { totpStep } from './totp.ts';

/** Where the shared secret of a person is sealed, before and after it was proven with a code. */
export const factorPlace = (column: 'mfa_secret' | 'mfa_pending', userId: number) =>
  sealedPlace({ table: 'users', column }, { key: userId });

/** A code that fits: the time step of an authenticator's code, or the hash of a recovery code. Not yet used up. */
export interface FittingCode {
  readonly step: number | null;
  readonly recoveryHash: Buffer | null;
}

/** Reads what somebody typed as an authenticator's code, else as a recovery code. Null when it can be neither. */
export function fittingCode(
  keyring: Keyring,
  factor: { readonly userId: number; readonly sealed: Uint8Array },
  code: string,
): FittingCode | null {
  const secret = unseal(keyring, factor.sealed, factorPlace('mfa_secret', factor.userId));
  const step = totpStep(secret, code, Date.now());
  if (step !== null) return { step, recoveryHash: null };
  const recoveryHash = recoveryCodeHash(code);
  return recoveryHash === null ? null : { step: null, recoveryHash };
}
