import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { storedFactor } from '../../queries/access/second-factor.ts';
import type { Keyring } from '../../secrets/envelope.ts';
import { verifyPassword } from '../../secrets/password.ts';
import { fittingCode } from '../../secrets/second-factor.ts';

/** What somebody shows to do without a second factor: both factors, the second as a code or a recovery code. */
export interface FactorRemoval {
  readonly userId: number;
  readonly password: string;
  readonly code: string;
  readonly requestId: string;
}

/** Takes the second factor and its recovery codes away. Which of the two proofs was wrong is not told. */
export async function disableFactor(
  db: Database,
  keyring: Keyring,
  { userId, password, code, requestId }: FactorRemoval,
): Promise<'disabled' | 'refused' | 'not_enabled'> {
  const stored = await storedFactor(db, userId);
  const right = await verifyPassword(password, stored?.passwordHash ?? null);
  if (stored === null) return 'refused';
  const { sealed, passwordHash } = stored;
  if (sealed === null) return 'not_enabled';
  const fitting = fittingCode(keyring, { userId, sealed }, code);
  if (!right || fitting === null) return 'refused';
  const { step, recoveryHash } = fitting;
  return db.asSystem(async (tx) => {
    const [row] = await tx.query.execute<{ disabled: boolean }>(sql`
      select auth_disable_factor(${userId}, ${passwordHash}, ${sealed}, ${step}, ${recoveryHash}) as disabled`);
    if (row?.disabled !== true) return 'refused';
    await tx.query.execute(
      sql`select auth_audit(${userId}, 'account.mfa_disabled', '{}'::jsonb, ${requestId})`,
    );
    return 'disabled';
  });
}
