import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { storedFactor } from '../../queries/access/second-factor.ts';
import { type Keyring, seal } from '../../secrets/envelope.ts';
import { verifyPassword } from '../../secrets/password.ts';
import { factorPlace } from '../../secrets/second-factor.ts';
import { newTotpSecret, totpUri } from '../../secrets/totp.ts';

/** Who asks for a second factor. */
export interface FactorRequest {
  readonly userId: number;
  readonly username: string;
  readonly password: string;
  readonly requestId: string;
}

/** A secret to put into an authenticator, shown once; nothing depends on it before it is proven. */
export type OfferedFactor =
  | { readonly kind: 'offered'; readonly secret: string; readonly uri: string }
  | { readonly kind: 'wrong_password' }
  | { readonly kind: 'enabled_already' };

/** Makes a secret and keeps it as pending, in the place of one that was never proven. */
export async function offerFactor(
  db: Database,
  keyring: Keyring,
  { userId, username, password, requestId }: FactorRequest,
): Promise<OfferedFactor> {
  const stored = await storedFactor(db, userId);
  if (stored === null || !(await verifyPassword(password, stored.passwordHash))) {
    return { kind: 'wrong_password' };
  }
  const secret = newTotpSecret();
  const pending = seal(keyring, secret, factorPlace('mfa_pending', userId));
  return db.asSystem(async (tx) => {
    const [row] = await tx.query.execute<{ offered: boolean }>(
      sql`select auth_offer_factor(${userId}, ${stored.passwordHash}, ${pending}) as offered`,
    );
    if (row?.offered !== true) return { kind: 'enabled_already' };
    await tx.query.execute(
      sql`select auth_audit(${userId}, 'account.mfa_offered', '{}'::jsonb, ${requestId})`,
    );
    return { kind: 'offered', secret, uri: totpUri(secret, username) };
  });
}
