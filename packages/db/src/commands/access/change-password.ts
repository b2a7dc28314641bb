import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { hashPassword, verifyPassword } from '../../secrets/password.ts';
import type { SessionOwner } from './end-session.ts';
import { secretHash } from './sign-in.ts';

/** A password that is to follow another one, in a session that stays. */
export interface PasswordChange extends SessionOwner {
  readonly sessionId: number;
  readonly current: string;
  readonly next: string;
}

/** What follows in the session of the change: the old cookie and the old token are worth nothing. */
export interface ChangedPassword {
  readonly secret: string;
  readonly jti: string;
  readonly endedSessions: number;
}

/**
 * Puts a new password in the place of the current one, ends the person's other sessions and gives this one other
 * credentials, all in one transaction. Null when the current password is not the one given, also when somebody
 * changed it a moment before.
 */
export async function changePassword(db: Database, change: PasswordChange): Promise<ChangedPassword | null> {
  const { userId, sessionId, requestId } = change;
  const [known] = await db.asSystem((tx) =>
    tx.query.execute<{ hash: string | null }>(sql`select auth_password_hash(${userId}) as hash`),
  );
  const hash = known?.hash ?? null;
  if (!(await verifyPassword(change.current, hash))) return null;
  const next = await hashPassword(change.next);
  const secret = randomBytes(32).toString('base64url');
  const jti = randomUUID();
  return db.asSystem(async (tx) => {
    const [row] = await tx.query.execute<{ ended: number | null }>(sql`
      select auth_change_password(${userId}, ${sessionId}, ${hash}, ${next}, ${jti}, ${secretHash(secret)}) as ended`);
    const endedSessions = row?.ended ?? null;
    if (endedSessions === null) return null;
    const details = JSON.stringify({ endedSessions });
    await tx.query.execute(
      sql`select auth_audit(${userId}, 'account.password_changed', ${details}::jsonb, ${requestId})`,
    );
    return { secret, jti, endedSessions };
  });
}
