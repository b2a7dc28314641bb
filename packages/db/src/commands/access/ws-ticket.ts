import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import type { Listener } from '../../queries/access/listener-now.ts';
import { secretHash } from './sign-in.ts';

/** How long a ticket waits for its use. */
const ticketLife = '30 seconds';

/** What a ticket looks like, so that it is not mistaken for a token. */
const ticketPrefix = 'wst_';

/** Whether a credential is meant as a ticket. */
export function isWsTicket(token: string): boolean {
  return token.startsWith(ticketPrefix);
}

/** Makes a ticket that stands for a listener once; only its hash is kept. Old ones of the workspace are cleared away. */
export async function makeWsTicket(
  tx: WorkspaceTransaction,
  { sessionId, keyId, userId, username }: Listener,
): Promise<{ readonly ticket: string; readonly expiresAt: Date }> {
  const ticket = `${ticketPrefix}${randomBytes(32).toString('base64url')}`;
  await tx.query.execute(sql`
    delete from ws_tickets where workspace_id = ${tx.workspaceId} and expires_at < now() - interval '1 hour'`);
  const [made] = await tx.query.execute<{ expires: string }>(sql`
    insert into ws_tickets (workspace_id, secret_hash, session_id, key_id, user_id, username, expires_at)
    values (${tx.workspaceId}, ${secretHash(ticket)}, ${sessionId}, ${keyId}, ${userId}, ${username},
      now() + ${ticketLife}::interval)
    returning expires_at as expires`);
  if (made === undefined) throw new Error('The ticket was not written.');
  return { ticket, expiresAt: new Date(made.expires) };
}

/** Uses a ticket up. Null for one that is unknown, used or expired, never said which. */
export async function takeWsTicket(db: Database, ticket: string): Promise<Listener | null> {
  const [row] = await db.asSystem((tx) =>
    tx.query.execute<{
      workspace_id: string;
      session_id: string | null;
      key_id: string | null;
      user_id: string | null;
      username: string;
    }>(sql`select * from auth_take_ws_ticket(${secretHash(ticket)})`),
  );
  if (row === undefined) return null;
  return {
    workspaceId: row.workspace_id,
    sessionId: row.session_id === null ? null : Number(row.session_id),
    keyId: row.key_id,
    userId: row.user_id === null ? null : Number(row.user_id),
    username: row.username,
  };
}
