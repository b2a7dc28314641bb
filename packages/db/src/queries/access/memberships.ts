import type { Role } from '@signalbox/domain/access/capabilities';
import type { Person } from '@signalbox/domain/access/principal';
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { memberTenants } from '../../schema/access.ts';

/** A workspace somebody belongs to. */
export interface Membership {
  readonly workspaceId: string;
  readonly name: string;
  readonly tier: string;
  readonly role: Role;
  readonly allTenants: boolean;
}

/** The workspaces of a user, oldest membership first. */
export async function memberships(db: Database, userId: number): Promise<Membership[]> {
  const rows = await db.asSystem((tx) =>
    tx.query.execute<{ workspace_id: string; name: string; tier: string; role: Role; all_tenants: boolean }>(
      sql`select * from auth_memberships(${userId})`,
    ),
  );
  return rows.map(({ workspace_id, name, tier, role, all_tenants }) => ({
    workspaceId: workspace_id,
    name,
    tier,
    role,
    allTenants: all_tenants,
  }));
}

/** The caller as the gate and every loader see them, in one workspace. */
export async function principalOf(
  db: Database,
  user: { readonly userId: number; readonly username: string },
  membership: Membership,
): Promise<Person> {
  const { workspaceId, role, allTenants } = membership;
  if (allTenants) return { ...user, workspaceId, role, tenants: 'all' };
  const tenants = await db.inWorkspace(workspaceId, async (tx) => {
    const rows = await tx.query
      .select({ id: memberTenants.tenantId })
      .from(memberTenants)
      .where(and(eq(memberTenants.workspaceId, workspaceId), eq(memberTenants.userId, user.userId)));
    return rows.map((row) => row.id);
  });
  return { ...user, workspaceId, role, tenants };
}
