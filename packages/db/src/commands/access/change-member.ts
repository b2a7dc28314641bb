import { roleHolds } from '@signalbox/domain/access/capabilities';
import {
  decideMemberChange,
  type Entitlement,
  type MemberChange,
  type MemberRefusal,
} from '@signalbox/domain/access/member-change';
import { actorOf, holds, type Principal } from '@signalbox/domain/access/principal';
import { and, eq, isNull } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { members, memberTenants } from '../../schema/access.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { freeLocks } from '../onboarding/free-locks.ts';
import { lockMember } from './lock-members.ts';
import { withdrawInvitations } from './withdraw-invitations.ts';

/** What became of a change: done, refused by a rule, no longer the caller's to do, or the member is gone. */
export type MemberOutcome = 'done' | MemberRefusal | 'not_allowed' | 'gone';

/**
 * Gives a member another role or other tenants. A change to what is already so is done and leaves no entry. Who may
 * invite no more loses the invitations they left open.
 */
export async function changeMember(
  db: Database,
  principal: Principal,
  ask: {
    readonly userId: number;
    readonly username: string;
    readonly change: MemberChange;
    readonly requestId: string | null;
  },
): Promise<MemberOutcome> {
  const { userId, username, change, requestId } = ask;
  return db.inWorkspace(principal.workspaceId, async (tx) => {
    const locked = await lockMember(tx, principal, userId);
    if (locked === null) return 'gone';
    const { caller, member } = locked;
    if (!holds(caller, 'member.manage')) return 'not_allowed';
    const decision = decideMemberChange(caller, member, change);
    if (!decision.ok) return decision.refusal;
    if (!decision.changed) return 'done';
    const { role, tenants } = decision;
    await tx.query
      .update(members)
      .set({ role, allTenants: tenants === 'all' })
      .where(
        and(eq(members.workspaceId, tx.workspaceId), eq(members.userId, userId), isNull(members.removedAt)),
      );
    await entitle(tx, userId, tenants);
    await freeLocks(tx, userId, { role, tenants });
    if (!roleHolds(role, 'member.manage')) {
      await withdrawInvitations(tx, principal, { invitedBy: username, requestId });
    }
    await writeAudit(tx, [
      {
        actor: actorOf(principal),
        action: 'member.changed',
        object: { kind: 'member', id: String(userId) },
        details: {
          username,
          before: { role: member.role, tenants: told(member.tenants) },
          after: { role, tenants: told(tenants) },
        },
        requestId,
      },
    ]);
    return 'done';
  });
}

/** Replaces the list of tenants of a member. */
export async function entitle(tx: WorkspaceTransaction, userId: number, tenants: Entitlement): Promise<void> {
  await tx.query
    .delete(memberTenants)
    .where(and(eq(memberTenants.workspaceId, tx.workspaceId), eq(memberTenants.userId, userId)));
  if (tenants === 'all' || tenants.length === 0) return;
  await tx.query
    .insert(memberTenants)
    .values(tenants.map((tenantId) => ({ workspaceId: tx.workspaceId, userId, tenantId })));
}

/** An entitlement as an audit entry keeps it. */
export function told(tenants: Entitlement): 'all' | number[] {
  return tenants === 'all' ? 'all' : [...tenants];
}
