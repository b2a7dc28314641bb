import type { Role } from '@signalbox/domain/access/capabilities';
import type { Person } from '@signalbox/domain/access/principal';
import { foldUsername } from '@signalbox/domain/access/username';
import { and, eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { memberTenants } from '../../schema/access.ts';

/** The member of this workspace with a username; null for everybody else, also for a member who was removed. */
export async function memberNamed(tx: WorkspaceTransaction, named: string): Promise<Person | null> {
  const [member] = await tx.query.execute<{
    user_id: string;
    username: string;
    role: Role;
    all_tenants: boolean;
  }>(sql`select * from system_member_named(${foldUsername(named)})`);
  if (member === undefined) return null;
  const { workspaceId } = tx;
  const userId = Number(member.user_id);
  const { username, role } = member;
  if (member.all_tenants) return { userId, username, workspaceId, role, tenants: 'all' };
  const entitled = await tx.query
    .select({ id: memberTenants.tenantId })
    .from(memberTenants)
    .where(and(eq(memberTenants.workspaceId, workspaceId), eq(memberTenants.userId, userId)));
  return { userId, username, workspaceId, role, tenants: entitled.map((row) => row.id) };
}
