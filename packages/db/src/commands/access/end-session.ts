import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';

/** Whose deed the end of a session is. */
export interface SessionOwner {
  readonly userId: number;
  readonly requestId: string;
}

/** Signs out: the session's cookie and token stop working at once. */
export async function signOut(db: Database, owner: SessionOwner, sessionId: number): Promise<void> {
  await end(db, owner, { action: 'account.signed_out', only: sessionId });
}

/** Ends one session of a person. False when it is not theirs or has ended already. */
export async function revokeSession(db: Database, owner: SessionOwner, sessionId: number): Promise<boolean> {
  return (await end(db, owner, { action: 'account.session_revoked', only: sessionId })) > 0;
}

/** Ends every session of a person but one. Answers how many. */
export async function revokeOtherSessions(db: Database, owner: SessionOwner, kept: number): Promise<number> {
  return end(db, owner, { action: 'account.sessions_revoked', except: kept });
}

/** Ends a session that was opened by mistake; nobody has seen anything of it. */
export async function endSession(db: Database, sessionId: number): Promise<void> {
  await db.asSystem((tx) => tx.query.execute(sql`select auth_end_session(${sessionId})`));
}

interface Which {
  readonly action: string;
  readonly only?: number;
  readonly except?: number;
}

async function end(
  db: Database,
  { userId, requestId }: SessionOwner,
  { action, only, except }: Which,
): Promise<number> {
  return db.asSystem(async (tx) => {
    const ended = await tx.query.execute<{ id: string }>(
      sql`select auth_end_sessions(${userId}, ${only ?? null}, ${except ?? null}) as id`,
    );
    if (ended.length === 0) return 0;
    const details = JSON.stringify(only === undefined ? { sessions: ended.length } : { sessionId: only });
    await tx.query.execute(sql`select auth_audit(${userId}, ${action}, ${details}::jsonb, ${requestId})`);
    return ended.length;
  });
}
