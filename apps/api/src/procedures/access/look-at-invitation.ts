import { lookAtInvitationContract } from '@signalbox/contracts/access/look-at-invitation';
import { openInvitation } from '@signalbox/db/queries/access/invitations';
import { found } from '../../access/capability.ts';
import { moment } from '../../presenters/time.ts';
import { publicProcedure, wellFormed } from '../../trpc.ts';

/** Tells the holder of a link what it offers. */
export const lookAtInvitation = publicProcedure
  .meta(lookAtInvitationContract.meta)
  .use(wellFormed)
  .input(lookAtInvitationContract.input)
  .output(lookAtInvitationContract.output)
  .mutation(async ({ ctx, input }) => {
    const { workspaceName, role, email, invitedBy, expiresAt } = found(
      await openInvitation(ctx.db, input.secret),
    );
    return { workspaceName, role, email, invitedBy, expiresAt: moment(expiresAt) };
  });
