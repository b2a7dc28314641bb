import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { sessionIdle } from './sign-in.ts';

/** What a verified token says about its session. */
export interface RefreshProof {
  readonly sessionId: number;
  readonly jti: string;
  /** The user's uuid. */
  readonly uid: string;
  readonly requestId: string;
}

/** The token that follows another one. The same for everyone who shows the old one in time. */
export interface Successor {
  readonly sessionId: number;
  readonly jti: string;
  readonly uid: string;
  readonly issuedAt: Date;
}

/** How long after a rotation the old token still works, and still gets the same successor. */
const grace = '10 seconds';

/**
 * Replaces the id inside a session's token. Null when the session is not alive or the token was replaced before; in
 * the latter case the session is ended, since two parties hold its tokens and one of them should not.
 */
export async function refreshSession(db: Database, proof: RefreshProof): Promise<Successor | null> {
  const { sessionId, jti, uid, requestId } = proof;
  const [row] = await db.asSystem((tx) =>
    tx.query.execute<{ jti: string; issued_at: string }>(sql`
      select * from auth_refresh_session(${sessionId}, ${jti}, ${uid}, ${randomUUID()}, ${grace}::interval,
        ${sessionIdle}::interval, ${requestId})`),
  );
  return row === undefined ? null : { sessionId, uid, jti: row.jti, issuedAt: new Date(row.issued_at) };
}
