import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { secretHash, sessionIdle } from '../../commands/access/sign-in.ts';

/** A session that is neither ended nor idle for too long, with its user. */
export interface LiveSession {
  readonly sessionId: number;
  readonly userId: number;
  readonly uid: string;
  readonly username: string;
  readonly email: string;
}

/** What proves a session: the cookie's secret, or the id inside a verified access token. */
export type SessionProof = { readonly secret: string } | { readonly jti: string };

/** A session is prolonged at most this often, so that reading does not mean writing. */
const touchEveryMs = 60_000;
const idleMs = 12 * 3_600_000;

/** The session a proof belongs to, or null. Use keeps it alive. */
export async function liveSession(db: Database, proof: SessionProof): Promise<LiveSession | null> {
  const jti = 'jti' in proof ? proof.jti : null;
  const hash = 'secret' in proof ? secretHash(proof.secret) : null;
  return db.asSystem(async (tx) => {
    const rows = await tx.query.execute<{
      session_id: string;
      user_id: string;
      uid: string;
      username: string;
      email: string;
      idle_at: string;
    }>(sql`select * from auth_live_session(${jti}, ${hash})`);
    const row = rows[0];
    if (row === undefined) return null;
    if (new Date(row.idle_at).getTime() - Date.now() < idleMs - touchEveryMs) {
      await tx.query.execute(sql`select auth_touch_session(${row.session_id}, ${sessionIdle}::interval)`);
    }
    const { uid, username, email } = row;
    return { sessionId: Number(row.session_id), userId: Number(row.user_id), uid, username, email };
  });
}
