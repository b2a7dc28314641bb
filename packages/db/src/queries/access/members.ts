import type { Role } from '@signalbox/domain/access/capabilities';
import type { Principal } from '@signalbox/domain/access/principal';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { members, memberTenants } from '../../schema/access.ts';
import type { NameCursor } from '../inventory/tenants.ts';
import { type EntitledTenant, namedTenants } from './named-tenants.ts';

/** A member as another one may see them. */
export interface MemberRecord {
  readonly id: number;
  readonly uid: string;
  readonly username: string;
  /** What the list is ordered by. */
  readonly nameKey: string;
  readonly email: string;
  readonly role: Role;
  /** All, or those on their list that the caller sees too. */
  readonly tenants: 'all' | readonly EntitledTenant[];
  readonly since: Date;
  readonly secondFactor: boolean;
  /** When a session of theirs was last used, in whichever workspace; null for never. */
  readonly lastSeenAt: Date | null;
}

export interface MembersAsk {
  readonly role?: Role | undefined;
  /** Part of the username; of the email too when `emails`. */
  readonly text?: string | undefined;
  readonly emails: boolean;
  readonly userId?: number;
  readonly after: NameCursor | null;
  readonly limit: number;
}

interface Row extends Record<string, unknown> {
  user_id: string;
  uid: string;
  username: string;
  name_key: string;
  email: string;
  role: Role;
  all_tenants: boolean;
  since: string;
  second_factor: boolean;
  last_seen_at: string | null;
}

/** Members of the workspace, by username. */
export async function listMembers(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: MembersAsk,
): Promise<MemberRecord[]> {
  const { role = null, text = null, emails, userId = null, after, limit } = ask;
  const rows = await tx.query.execute<Row>(sql`
    select m.* from system_members(${role}, ${text}, ${emails}, ${userId}::bigint, ${after?.name ?? null},
      ${after?.id ?? null}::bigint, ${limit}) m order by m.name_key, m.user_id`);
  const listed = rows.filter((row) => !row.all_tenants).map((row) => Number(row.user_id));
  const lists = await entitlements(tx, principal, listed);
  return rows.map((row) => ({
    id: Number(row.user_id),
    uid: row.uid,
    username: row.username,
    nameKey: row.name_key,
    email: row.email,
    role: row.role,
    tenants: row.all_tenants ? 'all' : (lists.get(Number(row.user_id)) ?? []),
    since: new Date(row.since),
    secondFactor: row.second_factor,
    lastSeenAt: row.last_seen_at === null ? null : new Date(row.last_seen_at),
  }));
}

/** The member with this user id, or null when nobody of the workspace has it. */
export async function getMember(
  tx: WorkspaceTransaction,
  principal: Principal,
  userId: number,
): Promise<MemberRecord | null> {
  const [member] = await listMembers(tx, principal, { userId, emails: false, after: null, limit: 1 });
  return member ?? null;
}

/** How many members each role has. */
export async function countByRole(tx: WorkspaceTransaction): Promise<ReadonlyMap<Role, number>> {
  const rows = await tx.query
    .select({ role: sql<Role>`${members.role}`, members: sql<number>`count(*)::int` })
    .from(members)
    .where(and(eq(members.workspaceId, tx.workspaceId), sql`${members.removedAt} is null`))
    .groupBy(members.role);
  return new Map(rows.map((row) => [row.role, row.members]));
}

/** The lists of members who have one, without the tenants that the caller does not see. */
async function entitlements(tx: WorkspaceTransaction, principal: Principal, userIds: readonly number[]) {
  if (userIds.length === 0) return new Map<number, EntitledTenant[]>();
  const rows = await tx.query
    .select({ userId: memberTenants.userId, tenantId: memberTenants.tenantId })
    .from(memberTenants)
    .where(and(eq(memberTenants.workspaceId, tx.workspaceId), inArray(memberTenants.userId, [...userIds])));
  const named = await namedTenants(
    tx,
    principal,
    rows.map(({ tenantId }) => tenantId),
  );
  const listed = (userId: number) => {
    const ids = new Set(rows.filter((row) => row.userId === userId).map(({ tenantId }) => tenantId));
    return named.filter(({ id }) => ids.has(id));
  };
  return new Map(userIds.map((userId) => [userId, listed(userId)]));
}
