import { randomBytes } from 'node:crypto';
import type { Role } from '@signalbox/domain/access/capabilities';
import { type Entitlement, mayGive } from '@signalbox/domain/access/member-change';
import { actorOf, holds, type Principal } from '@signalbox/domain/access/principal';
import { and, count, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { interval } from '../../client/rows.ts';
import { type InvitationRecord, invitationColumns } from '../../queries/access/invitations.ts';
import { invitations } from '../../schema/access.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { told } from './change-member.ts';
import { callerNow, lockMembers } from './lock-members.ts';
import { secretHash } from './sign-in.ts';

/** The most invitations of a workspace that are open at once. */
export const mostOpenInvitations = 200;

export interface NewInvitation {
  readonly email: string;
  readonly role: Role;
  readonly tenants: Entitlement;
  readonly expiresInDays: number;
  readonly requestId: string | null;
}

/** An invitation and the secret of its link, which is told this once and kept as a hash. */
export interface MadeInvitation {
  readonly invitation: InvitationRecord;
  readonly secret: string;
}

/** Opens a place in the workspace to whoever holds the link. */
export async function createInvitation(
  db: Database,
  principal: Principal,
  ask: NewInvitation,
): Promise<MadeInvitation | 'above_caller' | 'not_allowed' | 'too_many'> {
  const { email, role, tenants, expiresInDays, requestId } = ask;
  const secret = randomBytes(32).toString('base64url');
  return db.inWorkspace(principal.workspaceId, async (tx) => {
    const { workspaceId } = tx;
    // One at a time, so that two at once cannot pass the cap together, and none is made by who was just lowered.
    await lockMembers(tx);
    const caller = await callerNow(tx, principal);
    if (caller === null || !holds(caller, 'member.manage')) return 'not_allowed';
    if (!mayGive(caller, { role, tenants })) return 'above_caller';
    const [open] = await tx.query
      .select({ number: count() })
      .from(invitations)
      .where(
        and(
          eq(invitations.workspaceId, workspaceId),
          isNull(invitations.acceptedAt),
          isNull(invitations.revokedAt),
          gt(invitations.expiresAt, sql`now()`),
        ),
      );
    if ((open?.number ?? 0) >= mostOpenInvitations) return 'too_many';
    const [invitation] = await tx.query
      .insert(invitations)
      .values({
        workspaceId,
        secretHash: secretHash(secret),
        email,
        role,
        allTenants: tenants === 'all',
        tenantIds: tenants === 'all' ? [] : [...tenants],
        invitedBy: principal.username,
        expiresAt: sql`now() + ${interval(expiresInDays * 86_400_000)}`,
      })
      .returning(invitationColumns);
    if (invitation === undefined) throw new Error('The invitation was not written.');
    await writeAudit(tx, [
      {
        actor: actorOf(principal),
        action: 'invitation.created',
        object: { kind: 'invitation', id: String(invitation.id) },
        details: { email, role, tenants: told(tenants), expiresAt: invitation.expiresAt.toISOString() },
        requestId,
      },
    ]);
    return { invitation, secret };
  });
}
