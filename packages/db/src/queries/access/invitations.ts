import type { Role } from '@signalbox/domain/access/capabilities';
import type { Principal } from '@signalbox/domain/access/principal';
import { and, desc, eq, lt, type SQL, sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { secretHash } from '../../commands/access/sign-in.ts';
import { invitations } from '../../schema/access.ts';

/** What an invitation can still become, or has become. */
export const invitationStates = ['open', 'accepted', 'expired', 'revoked'] as const;
export type InvitationState = (typeof invitationStates)[number];

const state = sql<InvitationState>`case
  when ${invitations.acceptedAt} is not null then 'accepted'
  when ${invitations.revokedAt} is not null then 'revoked'
  when ${invitations.expiresAt} <= now() then 'expired'
  else 'open' end`;

/** Columns of an invitation as its workspace sees it; never the secret, of which only a hash is kept. */
export const invitationColumns = {
  id: invitations.id,
  email: invitations.email,
  role: sql<Role>`${invitations.role}`,
  allTenants: invitations.allTenants,
  tenantIds: invitations.tenantIds,
  invitedBy: invitations.invitedBy,
  state,
  expiresAt: invitations.expiresAt,
  acceptedAt: invitations.acceptedAt,
  revokedAt: invitations.revokedAt,
  createdAt: invitations.createdAt,
};

export interface InvitationRecord {
  readonly id: number;
  readonly email: string;
  readonly role: Role;
  readonly allTenants: boolean;
  readonly tenantIds: readonly number[];
  readonly invitedBy: string;
  readonly state: InvitationState;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly createdAt: Date;
}

/** Invitations of the workspace, newest first. */
export async function listInvitations(
  tx: WorkspaceTransaction,
  ask: {
    readonly state?: InvitationState | undefined;
    readonly before: number | null;
    readonly limit: number;
  },
): Promise<InvitationRecord[]> {
  const wanted: SQL | undefined = ask.state === undefined ? undefined : sql`${state} = ${ask.state}`;
  const older = ask.before === null ? undefined : lt(invitations.id, ask.before);
  return tx.query
    .select(invitationColumns)
    .from(invitations)
    .where(and(eq(invitations.workspaceId, tx.workspaceId), wanted, older))
    .orderBy(desc(invitations.id))
    .limit(ask.limit);
}

/** The invitation, or null when there is none in this workspace. */
export async function getInvitation(
  tx: WorkspaceTransaction,
  _principal: Principal,
  id: number,
): Promise<InvitationRecord | null> {
  const [found] = await tx.query
    .select(invitationColumns)
    .from(invitations)
    .where(and(eq(invitations.workspaceId, tx.workspaceId), eq(invitations.id, id)));
  return found ?? null;
}

/** An open invitation as the holder of its link sees it. */
export interface OpenInvitation {
  readonly id: number;
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly email: string;
  readonly role: Role;
  readonly invitedBy: string;
  readonly expiresAt: Date;
}

/** The open invitation a secret belongs to; null for one that was taken, revoked, has run out or never was. */
export async function openInvitation(db: Database, secret: string): Promise<OpenInvitation | null> {
  const [row] = await db.asSystem((tx) =>
    tx.query.execute<{
      id: string;
      workspace_id: string;
      workspace_name: string;
      email: string;
      role: Role;
      invited_by: string;
      expires_at: string;
    }>(sql`select * from auth_open_invitation(${secretHash(secret)})`),
  );
  if (row === undefined) return null;
  return {
    id: Number(row.id),
    workspaceId: row.workspace_id,
    workspaceName: row.workspace_name,
    email: row.email,
    role: row.role,
    invitedBy: row.invited_by,
    expiresAt: new Date(row.expires_at),
  };
}
