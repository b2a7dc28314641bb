import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { storedFactor } from '../../queries/access/second-factor.ts';
import type { Keyring } from '../../secrets/envelope.ts';
import { fittingCode } from '../../secrets/second-factor.ts';

/** A code given in a session, before something dangerous. */
export interface GivenCode {
  readonly userId: number;
  readonly sessionId: number;
  readonly code: string;
  readonly requestId: string;
}

/** The session is marked at `at`, by the database's clock. */
export type SteppedUp =
  | { readonly kind: 'marked'; readonly at: Date }
  | { readonly kind: 'wrong_code' }
  | { readonly kind: 'no_factor' };

/** Uses a code up and marks the session with the time it was given. A code that is refused is audited too. */
export async function stepUp(
  db: Database,
  keyring: Keyring,
  { userId, sessionId, code, requestId }: GivenCode,
): Promise<SteppedUp> {
  const sealed = (await storedFactor(db, userId))?.sealed ?? null;
  if (sealed === null) return { kind: 'no_factor' };
  const fitting = fittingCode(keyring, { userId, sealed }, code);
  return db.asSystem(async (tx) => {
    const [row] =
      fitting === null
        ? []
        : await tx.query.execute<{ at: string | null }>(sql`
            select auth_step_up(${userId}, ${sessionId}, ${sealed}, ${fitting.step}, ${fitting.recoveryHash}) as at`);
    const at = row?.at ?? null;
    const action = at === null ? 'account.code_refused' : 'account.stepped_up';
    const details = JSON.stringify({ sessionId });
    await tx.query.execute(sql`select auth_audit(${userId}, ${action}, ${details}::jsonb, ${requestId})`);
    return at === null ? { kind: 'wrong_code' } : { kind: 'marked', at: new Date(at) };
  });
}
