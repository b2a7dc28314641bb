import { decideRemoval } from '@signalbox/domain/access/member-change';
import { actorOf, holds, type Principal } from '@signalbox/domain/access/principal';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { members } from '../../schema/access.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { freeLocks } from '../onboarding/free-locks.ts';
import { entitle, type MemberOutcome } from './change-member.ts';
import { lockMember } from './lock-members.ts';
import { withdrawInvitations } from './withdraw-invitations.ts';

/**
 * Ends a membership, and the open invitations the member made. The person, their sessions and their other workspaces
 * stay; what they did and started stays under their name. Their saved views stay too, seen by nobody, in case they come
 * back.
 */
export async function removeMember(
  db: Database,
  principal: Principal,
  ask: { readonly userId: number; readonly username: string; readonly requestId: string | null },
): Promise<MemberOutcome> {
  const { userId, username, requestId } = ask;
  return db.inWorkspace(principal.workspaceId, async (tx) => {
    const locked = await lockMember(tx, principal, userId);
    if (locked === null) return 'gone';
    const { caller, member } = locked;
    if (!holds(caller, 'member.manage')) return 'not_allowed';
    const refusal = decideRemoval(caller, member);
    if (refusal !== null) return refusal;
    await tx.query
      .update(members)
      .set({ removedAt: sql`now()` })
      .where(
        and(eq(members.workspaceId, tx.workspaceId), eq(members.userId, userId), isNull(members.removedAt)),
      );
    await entitle(tx, userId, 'all');
    await freeLocks(tx, userId, null);
    await withdrawInvitations(tx, principal, { invitedBy: username, requestId });
    await writeAudit(tx, [
      {
        actor: actorOf(principal),
        action: 'member.removed',
        object: { kind: 'member', id: String(userId) },
        details: { username, role: member.role },
        requestId,
      },
    ]);
    return 'done';
  });
}
