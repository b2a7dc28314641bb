import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { invitations } from '../../schema/access.ts';
import { writeAudit } from '../observability/write-audit.ts';

/**
 * Takes back what somebody who may invite no more has left open: a link of their own would be their way back in. The
 * caller holds the lock of the members, so that no link is made or taken in between.
 */
export async function withdrawInvitations(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: { readonly invitedBy: string; readonly requestId: string | null },
): Promise<void> {
  const withdrawn = await tx.query
    .update(invitations)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(invitations.workspaceId, tx.workspaceId),
        eq(invitations.invitedBy, ask.invitedBy),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
      ),
    )
    .returning({ id: invitations.id, email: invitations.email, role: invitations.role });
  if (withdrawn.length === 0) return;
  await writeAudit(
    tx,
    withdrawn.map(({ id, email, role }) => ({
      actor: actorOf(principal),
      action: 'invitation.revoked',
      object: { kind: 'invitation', id: String(id) },
      details: { email, role, invitedBy: ask.invitedBy },
      requestId: ask.requestId,
    })),
  );
}
