import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import type { Keyring } from '../../secrets/envelope.ts';
import { verifyPassword } from '../../secrets/password.ts';
import { fittingCode } from '../../secrets/second-factor.ts';
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

/** What somebody shows to get in, and from where. */
export interface SignInAttempt {
  readonly username: string;
  readonly password: string;
  /** A code of the second factor or a recovery code; absent when none was given. */
  readonly code?: string | undefined;
  /** Whether a browser gets in, which keeps the session's secret in a cookie; a program only has tokens. */
  readonly kind: 'console' | 'token';
  readonly userAgent: string | null;
  readonly address: string;
  readonly requestId: string;
}

/** A session, or why there is none. `code_missing` is said only after the right password. */
export type SignInOutcome =
  | { readonly kind: 'opened'; readonly session: OpenedSession }
  | { readonly kind: 'refused' }
  | { readonly kind: 'code_missing' };

interface Found extends Record<string, unknown> {
  id: string;
  uid: string;
  username: string;
  email: string;
  password_hash: string;
  mfa_secret: Uint8Array | null;
}

/**
 * Checks a username, a password and, where the person has a second factor, a code; then opens a session. An unknown
 * name, a wrong password and a disabled account cost the same statements and the same one hash. The code is used up
 * by the transaction that opens the session.
 */
export async function signIn(db: Database, keyring: Keyring, attempt: SignInAttempt): Promise<SignInOutcome> {
  const norm = normaliseUsername(attempt.username);
  const [user] = await db.asSystem((tx) =>
    tx.query.execute<Found>(sql`select * from auth_find_user(${norm})`),
  );
  const right = await verifyPassword(attempt.password, user?.password_hash ?? null);
  if (user === undefined || !right) return refuse(db, norm, attempt);
  if (user.mfa_secret !== null && attempt.code === undefined) return { kind: 'code_missing' };
  const session = await open(db, keyring, { user, attempt });
  return session === null ? refuse(db, norm, attempt) : { kind: 'opened', session };
}

async function refuse(
  db: Database,
  norm: string,
  { address, userAgent, requestId }: SignInAttempt,
): Promise<SignInOutcome> {
  const details = JSON.stringify({ address, userAgent: userAgent?.slice(0, 400) ?? null });
  // For a name nobody has the function writes nothing, and such a transaction does not wait for the disk: an empty
  // message in the write-ahead log makes all of them wait.
  await db.asSystem((tx) =>
    tx.query.execute(sql`
      select auth_sign_in_refused(${norm}, ${details}::jsonb, ${requestId}),
        pg_logical_emit_message(true, 'signalbox', '')`),
  );
  return { kind: 'refused' };
}

/** Null when the code does not fit or was used, or the account was changed in the meantime. */
async function open(
  db: Database,
  keyring: Keyring,
  { user, attempt }: { readonly user: Found; readonly attempt: SignInAttempt },
): Promise<OpenedSession | null> {
  const userId = Number(user.id);
  const sealed = user.mfa_secret;
  const code = sealed === null ? null : fittingCode(keyring, { userId, sealed }, attempt.code ?? '');
  if (sealed !== null && code === null) return null;
  const jti = randomUUID();
  const secret = randomBytes(32).toString('base64url');
  const [row] = await db.asSystem((tx) =>
    tx.query.execute<{ id: string | null }>(sql`
      select auth_sign_in(${userId}, ${user.password_hash}, ${sealed}, ${code?.step ?? null},
        ${code?.recoveryHash ?? null}, ${jti}, ${attempt.kind === 'console' ? secretHash(secret) : null}, ${sessionIdle}::interval,
        ${sessionLife}::interval, ${attempt.userAgent}, ${attempt.address}, ${attempt.requestId}) as id`),
  );
  if (row?.id == null) return null;
  const { uid, username, email } = user;
  return { sessionId: Number(row.id), userId, uid, username, email, jti, secret };
}
