import { lookAtInvitationContract } from '@signalbox/contracts/access/look-at-invitation';
import { linkHolder } from '../../access/link-holder.ts';
import { moment } from '../../presenters/time.ts';
import { publicProcedure, wellFormed } from '../../trpc.ts';

/** Tells the holder of a link what it offers. */
export const lookAtInvitation = publicProcedure
  .use(linkHolder)
  .meta(lookAtInvitationContract.meta)
  .use(wellFormed)
  .input(lookAtInvitationContract.input)
  .output(lookAtInvitationContract.output)
  .mutation(({ ctx }) => {
    const { workspaceName, role, email, invitedBy, expiresAt } = ctx.invitation;
    return { workspaceName, role, email, invitedBy, expiresAt: moment(expiresAt) };
  });
