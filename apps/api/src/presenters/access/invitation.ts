import type { Invitation } from '@signalbox/contracts/access/invitation';
import type { WorkspaceTransaction } from '@signalbox/db/client/database';
import type { InvitationRecord } from '@signalbox/db/queries/access/invitations';
import { namedTenants } from '@signalbox/db/queries/access/named-tenants';
import type { Principal } from '@signalbox/domain/access/principal';
import { moment } from '../time.ts';

/** Invitations with the names of their tenants. */
export async function presentInvitations(
  tx: WorkspaceTransaction,
  principal: Principal,
  records: readonly InvitationRecord[],
): Promise<Invitation[]> {
  const ids = records.flatMap(({ tenantIds }) => tenantIds);
  const named = await namedTenants(tx, principal, ids);
  return records.map((record) => ({
    id: record.id,
    email: record.email,
    role: record.role,
    tenants: record.allTenants ? 'all' : named.filter(({ id }) => record.tenantIds.includes(id)),
    invitedBy: record.invitedBy,
    state: record.state,
    expiresAt: moment(record.expiresAt),
    acceptedAt: record.acceptedAt === null ? null : moment(record.acceptedAt),
    revokedAt: record.revokedAt === null ? null : moment(record.revokedAt),
    createdAt: moment(record.createdAt),
  }));
}
