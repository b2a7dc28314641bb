import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';

/** A live session as its person sees it. */
export interface SessionRecord {
  readonly id: number;
  /** A browser with a cookie, or a program with tokens. */
  readonly kind: 'console' | 'token';
  readonly userAgent: string | null;
  readonly address: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  /** When it ends without further use, and in any case. */
  readonly idleAt: Date;
  readonly endsAt: Date;
}

/** Sessions shown at most; the rest are counted. */
const shown = 100;

interface Row extends Record<string, unknown> {
  id: string;
  console: boolean;
  user_agent: string | null;
  address: string | null;
  created_at: string;
  last_seen_at: string;
  idle_at: string;
  ends_at: string;
  total: number;
}

/** The live sessions of a person, those used last first, and how many there are in all. */
export async function sessionsOf(
  db: Database,
  userId: number,
): Promise<{ readonly items: SessionRecord[]; readonly total: number }> {
  const rows = await db.asSystem((tx) =>
    tx.query.execute<Row>(sql`select * from auth_sessions(${userId}, ${shown})`),
  );
  const items = rows.map((row) => ({
    id: Number(row.id),
    kind: row.console ? ('console' as const) : ('token' as const),
    userAgent: row.user_agent,
    address: row.address,
    createdAt: new Date(row.created_at),
    lastSeenAt: new Date(row.last_seen_at),
    idleAt: new Date(row.idle_at),
    endsAt: new Date(row.ends_at),
  }));
  return { items, total: rows[0]?.total ?? 0 };
}

/** Whether a live session is this person's. */
export async function isOwnSession(db: Database, userId: number, sessionId: number): Promise<boolean> {
  const rows = await db.asSystem((tx) =>
    tx.query.execute(sql`select 1 from auth_sessions(${userId}, null) where id = ${sessionId}`),
  );
  return rows.length > 0;
}
