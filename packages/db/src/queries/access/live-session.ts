import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { secretHash, sessionIdle } from '../../commands/access/sign-in.ts';
import type { Membership } from './memberships.ts';

/** A session that is neither ended nor idle for too long, with its user. */
export interface LiveSession {
  readonly sessionId: number;
  readonly userId: number;
  readonly uid: string;
  readonly username: string;
  readonly email: string;
  /** Whether the person has a second factor. */
  readonly mfaEnabled: boolean;
  /** When a code was last given in this session. */
  readonly mfaAt: Date | null;
  /** Whether that was within the last five minutes, by the database's clock. */
  readonly mfaFresh: boolean;
}

/** A session with the workspaces of its user, oldest membership first. */
export interface LiveCaller {
  readonly user: LiveSession;
  readonly memberships: readonly Membership[];
}

/** What proves a session: the cookie's secret, or the id inside a verified access token. */
export type SessionProof = { readonly secret: string } | { readonly jti: string };

/** A session is prolonged at most this often, so that reading does not mean writing. */
const touchEveryMs = 60_000;
const idleMs = 12 * 3_600_000;

interface Row extends Record<string, unknown> {
  session_id: string;
  user_id: string;
  uid: string;
  username: string;
  email: string;
  idle_at: string;
  mfa_enabled: boolean;
  mfa_at: string | null;
  mfa_fresh: boolean;
  memberships: Membership[];
}

/** Whether somebody uses the session, which keeps it alive, or it is only looked at. */
export type SessionAccess = 'use' | 'look';

/** The session a proof belongs to, or null. Asked on every call, so it is one statement. */
export async function liveCaller(
  db: Database,
  proof: SessionProof,
  access: SessionAccess = 'use',
): Promise<LiveCaller | null> {
  const jti = 'jti' in proof ? proof.jti : null;
  const hash = 'secret' in proof ? secretHash(proof.secret) : null;
  return db.asSystem(async (tx) => {
    const [row] = await tx.query.execute<Row>(sql`
      select s.*, coalesce((
        select jsonb_agg(jsonb_build_object('workspaceId', m.workspace_id, 'name', m.name, 'tier', m.tier,
          'role', m.role, 'allTenants', m.all_tenants) order by m.place)
        from auth_memberships(s.user_id) with ordinality
          as m (workspace_id, name, tier, role, all_tenants, place)), '[]') as memberships
      from auth_live_session(${jti}, ${hash}) s`);
    if (row === undefined) return null;
    const untouched = new Date(row.idle_at).getTime() - Date.now() < idleMs - touchEveryMs;
    if (access === 'use' && untouched) {
      await tx.query.execute(sql`select auth_touch_session(${row.session_id}, ${sessionIdle}::interval)`);
    }
    return { user: sessionOf(row), memberships: row.memberships };
  });
}

function sessionOf({ uid, username, email, ...row }: Row): LiveSession {
  return {
    sessionId: Number(row.session_id),
    userId: Number(row.user_id),
    uid,
    username,
    email,
    mfaEnabled: row.mfa_enabled,
    mfaAt: row.mfa_at === null ? null : new Date(row.mfa_at),
    mfaFresh: row.mfa_fresh,
  };
}
