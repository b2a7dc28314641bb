import type { Role } from '@signalbox/domain/access/capabilities';
import type { Person } from '@signalbox/domain/access/principal';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { members, memberTenants } from '../../schema/access.ts';

/** A member with the rights they have at this moment, for work they asked for earlier; null when they were removed. */
export async function memberNow(
  tx: WorkspaceTransaction,
  user: { readonly userId: number | null; readonly username: string },
): Promise<Person | null> {
  const { userId, username } = user;
  if (userId === null) return null;
  const { workspaceId } = tx;
  const [member] = await tx.query
    .select({ role: sql<Role>`${members.role}`, allTenants: members.allTenants })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId), isNull(members.removedAt)));
  if (member === undefined) return null;
  const { role, allTenants } = member;
  if (allTenants) return { userId, username, workspaceId, role, tenants: 'all' };
  const entitled = await tx.query
    .select({ id: memberTenants.tenantId })
    .from(memberTenants)
    .where(and(eq(memberTenants.workspaceId, workspaceId), eq(memberTenants.userId, userId)));
  return { userId, username, workspaceId, role, tenants: entitled.map((row) => row.id) };
}
