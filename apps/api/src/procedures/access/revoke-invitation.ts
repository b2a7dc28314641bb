import { revokeInvitationContract } from '@signalbox/contracts/access/revoke-invitation';
import { revokeInvitation as revokeInvitationCommand } from '@signalbox/db/commands/access/revoke-invitation';
import { AppError } from '@signalbox/domain/error/app-error';
import { found } from '../../access/capability.ts';
import { invitationProcedure } from '../../access/member-procedures.ts';
import { freshCode } from '../../access/step-up.ts';
import { presentInvitations } from '../../presenters/access/invitation.ts';
import { wellFormed } from '../../trpc.ts';

/** Takes an invitation back. */
export const revokeInvitation = invitationProcedure
  .meta(revokeInvitationContract.meta)
  .use(freshCode)
  .use(wellFormed)
  .input(revokeInvitationContract.input)
  .output(revokeInvitationContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, principal, requestId } = ctx;
    const revoked = await revokeInvitationCommand(db, principal, { id: input.id, requestId });
    if (revoked === null) {
      const message = 'Somebody has accepted this invitation, or it was taken back before.';
      throw new AppError({ code: 'conflict', message, nextSteps: [] });
    }
    const [shown] = await db.inWorkspace(principal.workspaceId, (tx) =>
      presentInvitations(tx, principal, [revoked]),
    );
    return found(shown);
  });
