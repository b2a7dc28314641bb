import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { storedFactor } from '../../queries/access/second-factor.ts';
import { type Keyring, seal, unseal } from '../../secrets/envelope.ts';
import { newRecoveryCodes, recoveryCodeHashes } from '../../secrets/recovery-code.ts';
import { factorPlace } from '../../secrets/second-factor.ts';
import { totpStep } from '../../secrets/totp.ts';

/** A code of the secret that was offered, given in a session that stays. */
export interface FactorProof {
  readonly userId: number;
  readonly sessionId: number;
  readonly code: string;
  readonly requestId: string;
}

/** The recovery codes of a new second factor, shown once. */
export type ConfirmedFactor =
  | { readonly kind: 'enabled'; readonly recoveryCodes: readonly string[]; readonly endedSessions: number }
  | { readonly kind: 'not_offered' }
  | { readonly kind: 'wrong_code' };

/**
 * Turns an offered secret into the second factor once a code proves that the authenticator has it. That code counts as
 * used. The person's other sessions end: they were opened with a password alone.
 */
export async function confirmFactor(
  db: Database,
  keyring: Keyring,
  { userId, sessionId, code, requestId }: FactorProof,
): Promise<ConfirmedFactor> {
  const stored = await storedFactor(db, userId);
  const pending = stored?.pending ?? null;
  if (pending === null) return { kind: 'not_offered' };
  const secret = unseal(keyring, pending, factorPlace('mfa_pending', userId));
  const step = totpStep(secret, code, Date.now());
  if (step === null) return { kind: 'wrong_code' };
  const sealed = seal(keyring, secret, factorPlace('mfa_secret', userId));
  const recoveryCodes = newRecoveryCodes();
  return db.asSystem(async (tx) => {
    const [row] = await tx.query.execute<{ ended: number | null }>(sql`
      select auth_enable_factor(${userId}, ${sessionId}, ${pending}, ${sealed}, ${step},
        ${recoveryCodeHashes(recoveryCodes)}) as ended`);
    const endedSessions = row?.ended ?? null;
    if (endedSessions === null) return { kind: 'not_offered' };
    const details = JSON.stringify({ endedSessions });
    await tx.query.execute(
      sql`select auth_audit(${userId}, 'account.mfa_enabled', ${details}::jsonb, ${requestId})`,
    );
    return { kind: 'enabled', recoveryCodes, endedSessions };
  });
}
