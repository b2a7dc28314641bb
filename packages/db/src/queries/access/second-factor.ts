import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';

/** A person's second factor as it is stored. The secrets are sealed. */
export interface StoredFactor {
  readonly passwordHash: string;
  readonly sealed: Uint8Array | null;
  readonly pending: Uint8Array | null;
  readonly enabledAt: Date | null;
  readonly recoveryCodesLeft: number;
}

interface Row extends Record<string, unknown> {
  password_hash: string;
  mfa_secret: Uint8Array | null;
  mfa_pending: Uint8Array | null;
  mfa_enabled_at: string | null;
  codes_left: number;
}

/** What is known of a person's second factor; null when they may not sign in any more. */
export async function storedFactor(db: Database, userId: number): Promise<StoredFactor | null> {
  const [row] = await db.asSystem((tx) =>
    tx.query.execute<Row>(sql`select * from auth_second_factor(${userId})`),
  );
  if (row === undefined) return null;
  return {
    passwordHash: row.password_hash,
    sealed: row.mfa_secret,
    pending: row.mfa_pending,
    enabledAt: row.mfa_enabled_at === null ? null : new Date(row.mfa_enabled_at),
    recoveryCodesLeft: row.codes_left,
  };
}
