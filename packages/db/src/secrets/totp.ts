import { generateSecret, generateURI, verifySync } from 'otplib';

/** Seconds a code is shown. */
const period = 30;

/** A new shared secret: 160 bits in base32, as RFC 4226 recommends. */
export function newTotpSecret(): string {
  return generateSecret({ length: 20 });
}

/** What an authenticator app reads from a QR code. */
export function totpUri(secret: string, username: string): string {
  return generateURI({ issuer: 'Signalbox', label: username, secret });
}

/**
 * The time step a code stands for, or null when it is no code of this secret. One step on either side of the present
 * one is allowed for a clock that is off (RFC 6238, section 5.2). Whether the step was used before is not asked here.
 */
export function totpStep(secret: string, code: string, nowMs: number): number | null {
  // The library refuses other shapes by throwing; digits of other scripts are no digits here.
  if (!/^[0-9]{6}$/.test(code)) return null;
  const epoch = Math.floor(nowMs / 1_000);
  const result = verifySync({ secret, token: code, epoch, period, epochTolerance: period });
  return result.valid && 'timeStep' in result ? result.timeStep : null;
}
