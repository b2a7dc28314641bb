import { randomBytes, randomUUID, randomUUIDv7 } from 'node:crypto';
import { and, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { openInvitation } from '../../queries/access/invitations.ts';
import { invitations, members } from '../../schema/access.ts';
import { hashPassword } from '../../secrets/password.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { entitle, told } from './change-member.ts';
import { normaliseUsername } from './create-user.ts';
import { lockMembers } from './lock-members.ts';
import { secretHash, sessionIdle, sessionLife } from './sign-in.ts';

/** Who takes an invitation: somebody new, who becomes a person by it, or a person with an account. */
export type Joiner =
  | {
      readonly kind: 'new';
      readonly username: string;
      /** Left out: the one the invitation was made out to. */
      readonly email?: string | undefined;
      readonly password: string;
      /** The browser or program their first session is in, and from where. */
      readonly userAgent: string | null;
      readonly address: string;
    }
  | { readonly kind: 'person'; readonly userId: number; readonly username: string };

/** Somebody who is a member now. */
export interface Joined {
  readonly userId: number;
  readonly workspaceId: string;
  /** The secret of the cookie of their first session, for somebody new. */
  readonly cookie: string | null;
}

/** Why nobody joined. `not_open`: taken, revoked, run out or never made; which of them is not told. */
export type JoinRefusal = 'not_open' | 'name_taken' | 'already_member';

/** Carries a refusal out of the transaction, so that nothing of it stays. */
class Refused extends Error {
  readonly refusal: JoinRefusal;

  constructor(refusal: JoinRefusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

/**
 * Takes an invitation: once, however many try at the same time. The person, the membership and the entry in the log
 * are made in one transaction, or none of them.
 */
export async function acceptInvitation(
  db: Database,
  secret: string,
  { joiner, requestId }: { readonly joiner: Joiner; readonly requestId: string | null },
): Promise<Joined | JoinRefusal> {
  const open = await openInvitation(db, secret);
  if (open === null) return 'not_open';
  // Before the transaction: a hash takes longer than a lock should be held.
  const hash = joiner.kind === 'new' ? await hashPassword(joiner.password) : null;
  try {
    return await db.inWorkspace(open.workspaceId, async (tx) => {
      await lockMembers(tx);
      const place = await take(tx, secret);
      const person =
        joiner.kind === 'new'
          ? await become(tx, { username: joiner.username, email: joiner.email ?? open.email, hash })
          : joiner;
      await join(tx, person.userId, place);
      const { userId } = person;
      await tx.query
        .update(invitations)
        .set({ acceptedBy: userId })
        .where(and(eq(invitations.workspaceId, tx.workspaceId), eq(invitations.id, place.id)));
      await writeAudit(tx, [
        {
          actor: { kind: 'user', name: person.username },
          action: 'member.joined',
          object: { kind: 'member', id: String(userId) },
          details: {
            username: person.username,
            role: place.role,
            tenants: told(place.allTenants ? 'all' : place.tenantIds),
            invitation: place.id,
            invitedBy: place.invitedBy,
          },
          requestId,
        },
      ]);
      const cookie = joiner.kind === 'new' ? await signedIn(tx, userId, joiner) : null;
      return { userId, workspaceId: tx.workspaceId, cookie };
    });
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

/** The one writer that turns an open invitation into a taken one; zero rows means that somebody was faster. */
async function take(tx: WorkspaceTransaction, secret: string) {
  const [place] = await tx.query
    .update(invitations)
    .set({ acceptedAt: sql`now()` })
    .where(
      and(
        eq(invitations.workspaceId, tx.workspaceId),
        eq(invitations.secretHash, secretHash(secret)),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, sql`now()`),
      ),
    )
    .returning({
      id: invitations.id,
      role: invitations.role,
      allTenants: invitations.allTenants,
      tenantIds: invitations.tenantIds,
      invitedBy: invitations.invitedBy,
    });
  if (place === undefined) throw new Refused('not_open');
  return place;
}

async function become(
  tx: WorkspaceTransaction,
  { username, email, hash }: { username: string; email: string; hash: string | null },
): Promise<{ userId: number; username: string }> {
  const [made] = await tx.query.execute<{ id: string | null }>(sql`
    select auth_create_user(${randomUUIDv7()}, ${username}, ${normaliseUsername(username)}, ${email}, ${hash}) as id`);
  const id = made?.id ?? null;
  if (id === null) throw new Refused('name_taken');
  return { userId: Number(id), username };
}

/** Opens the first session of somebody new; answers the secret of its cookie. */
async function signedIn(
  tx: WorkspaceTransaction,
  userId: number,
  { userAgent, address }: { readonly userAgent: string | null; readonly address: string },
): Promise<string> {
  const cookie = randomBytes(32).toString('base64url');
  const [session] = await tx.query.execute<{ id: string }>(sql`
    select auth_open_session(${userId}, ${randomUUID()}, ${secretHash(cookie)}, ${sessionIdle}::interval,
      ${sessionLife}::interval) as id`);
  await tx.query.execute(sql`select auth_note_session(${session?.id ?? null}, ${userAgent}, ${address})`);
  return cookie;
}

/** Makes a member, also out of one who was removed; who is a member already keeps their place. */
async function join(
  tx: WorkspaceTransaction,
  userId: number,
  place: { readonly role: string; readonly allTenants: boolean; readonly tenantIds: readonly number[] },
): Promise<void> {
  const { role, allTenants, tenantIds } = place;
  const made = await tx.query
    .insert(members)
    .values({ workspaceId: tx.workspaceId, userId, role, allTenants })
    .onConflictDoUpdate({
      target: [members.workspaceId, members.userId],
      set: { role, allTenants, removedAt: null, createdAt: sql`now()` },
      setWhere: isNotNull(members.removedAt),
    })
    .returning({ userId: members.userId });
  if (made.length === 0) throw new Refused('already_member');
  await entitle(tx, userId, allTenants ? 'all' : tenantIds);
}
