import type { Role } from '@signalbox/domain/access/capabilities';
import type { MemberFacts } from '@signalbox/domain/access/member-change';
import type { Principal } from '@signalbox/domain/access/principal';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { initiatorNow } from '../../queries/access/initiator-now.ts';
import { members, memberTenants } from '../../schema/access.ts';

/** What a change of a member is decided on, true until the transaction ends. */
export interface LockedMember {
  /** The caller with the rights they have at this moment. */
  readonly caller: Principal;
  readonly member: MemberFacts;
}

/**
 * Waits until no other change of members of this workspace is under way, then reads the member and, anew, the caller:
 * two owners who lower each other at once are decided one after the other. Null when either is a member no more.
 */
export async function lockMember(
  tx: WorkspaceTransaction,
  principal: Principal,
  userId: number,
): Promise<LockedMember | null> {
  await lockMembers(tx);
  const caller = await callerNow(tx, principal);
  const [row] = await tx.query
    .select({
      role: sql<Role>`${members.role}`,
      allTenants: members.allTenants,
      otherOwners: sql<number>`(select count(*)::int from members o where o.workspace_id = ${tx.workspaceId}
        and o.role = 'owner' and o.removed_at is null and o.user_id <> ${userId})`,
    })
    .from(members)
    .where(
      and(eq(members.workspaceId, tx.workspaceId), eq(members.userId, userId), isNull(members.removedAt)),
    );
  if (row === undefined || caller === null) return null;
  const { role, allTenants, otherOwners } = row;
  const tenants = allTenants ? 'all' : await listOf(tx, userId);
  return { caller, member: { role, tenants, otherOwners } };
}

/** One change of members at a time in a workspace; others pass. */
export async function lockMembers(tx: WorkspaceTransaction): Promise<void> {
  await tx.query.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`members:${tx.workspaceId}`}, 0))`,
  );
}

/**
 * The caller as they are now: a person may have been lowered, and a key revoked, since the call came in. Null when
 * nothing is left of them.
 */
export async function callerNow(tx: WorkspaceTransaction, principal: Principal): Promise<Principal | null> {
  const { userId, username, key } = principal;
  const now = await initiatorNow(tx, { userId, username, keyId: key?.id ?? null });
  return 'principal' in now ? now.principal : null;
}

async function listOf(tx: WorkspaceTransaction, userId: number): Promise<number[]> {
  const rows = await tx.query
    .select({ id: memberTenants.tenantId })
    .from(memberTenants)
    .where(and(eq(memberTenants.workspaceId, tx.workspaceId), eq(memberTenants.userId, userId)));
  return rows.map(({ id }) => id);
}
