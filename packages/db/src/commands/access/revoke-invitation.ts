import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { type InvitationRecord, invitationColumns } from '../../queries/access/invitations.ts';
import { invitations } from '../../schema/access.ts';
import { writeAudit } from '../observability/write-audit.ts';

/** Takes an invitation back, open or run out. Null when somebody has taken it or it was taken back before. */
export async function revokeInvitation(
  db: Database,
  principal: Principal,
  ask: { readonly id: number; readonly requestId: string | null },
): Promise<InvitationRecord | null> {
  return db.inWorkspace(principal.workspaceId, async (tx) => {
    const [revoked] = await tx.query
      .update(invitations)
      .set({ revokedAt: sql`now()` })
      .where(
        and(
          eq(invitations.workspaceId, tx.workspaceId),
          eq(invitations.id, ask.id),
          isNull(invitations.acceptedAt),
          isNull(invitations.revokedAt),
        ),
      )
      .returning(invitationColumns);
    if (revoked === undefined) return null;
    await writeAudit(tx, [
      {
        actor: actorOf(principal),
        action: 'invitation.revoked',
        object: { kind: 'invitation', id: String(ask.id) },
        details: { email: revoked.email, role: revoked.role },
        requestId: ask.requestId,
      },
    ]);
    return revoked;
  });
}
