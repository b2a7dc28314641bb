import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';

/** Signs out: the session's cookie and token stop working at once. */
export async function endSession(db: Database, sessionId: number): Promise<void> {
  await db.asSystem((tx) => tx.query.execute(sql`select auth_end_session(${sessionId})`));
}
