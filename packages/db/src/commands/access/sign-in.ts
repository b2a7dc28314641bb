import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { verifyPassword } from '../../secrets/password.ts';
import { normaliseUsername } from './create-user.ts';

/** How long a session lives without use, and in all. */
export const sessionIdle = '12 hours';
export const sessionLife = '7 days';

/** A fresh session. `secret` goes into the console's cookie, `jti` into an access token; neither is stored in clear. */
export interface OpenedSession {
  readonly sessionId: number;
  readonly userId: number;
  readonly uid: string;
  readonly username: string;
  readonly email: string;
  readonly jti: string;
  readonly secret: string;
}

/** The stored form of a cookie's secret. */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/**
 * Checks a username and a password and opens a session. Null when they do not belong together; an unknown user
 * costs the same look-up and the same hash.
 */
export async function signIn(
  db: Database,
  credentials: { readonly username: string; readonly password: string },
): Promise<OpenedSession | null> {
  const norm = normaliseUsername(credentials.username);
  const found = await db.asSystem((tx) =>
    tx.query.execute<{ id: string; uid: string; username: string; email: string; password_hash: string }>(
      sql`select * from auth_find_user(${norm})`,
    ),
  );
  const user = found[0];
  const right = await verifyPassword(credentials.password, user?.password_hash ?? null);
  if (user === undefined || !right) return null;
  const jti = randomUUID();
  const secret = randomBytes(32).toString('base64url');
  const opened = await db.asSystem((tx) =>
    tx.query.execute<{ id: string }>(sql`
      select auth_open_session(${user.id}, ${jti}, ${secretHash(secret)}, ${sessionIdle}::interval, ${sessionLife}::interval) as id`),
  );
  const { uid, username, email } = user;
  return { sessionId: Number(opened[0]?.id), userId: Number(user.id), uid, username, email, jti, secret };
}
