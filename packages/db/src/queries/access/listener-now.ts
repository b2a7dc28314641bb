import type { Principal } from '@signalbox/domain/access/principal';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { initiatorNow } from './initiator-now.ts';

/** Who listens to a stream that outlives the credential it was opened with. */
export interface Listener {
  readonly workspaceId: string;
  /** The session of a person; null for an API key. */
  readonly sessionId: number | null;
  readonly keyId: string | null;
  /** The person; null for a key that speaks for itself. */
  readonly userId: number | null;
  readonly username: string;
}

/** A listener with the rights they have now; null when their session, membership or key has ended. */
export async function listenerNow(tx: WorkspaceTransaction, listener: Listener): Promise<Principal | null> {
  if (listener.sessionId !== null) {
    const [row] = await tx.query.execute<{ lives: boolean }>(
      sql`select auth_session_lives(${listener.sessionId}) as lives`,
    );
    if (row?.lives !== true) return null;
  }
  const now = await initiatorNow(tx, listener);
  return 'refused' in now ? null : now.principal;
}
