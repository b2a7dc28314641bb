import { createInvitationContract } from '@signalbox/contracts/access/create-invitation';
import {
  createInvitation as createInvitationCommand,
  mostOpenInvitations,
} from '@signalbox/db/commands/access/create-invitation';
import { AppError } from '@signalbox/domain/error/app-error';
import { found } from '../../access/capability.ts';
import { placeProcedure } from '../../access/member-procedures.ts';
import { freshCode } from '../../access/step-up.ts';
import { presentInvitations } from '../../presenters/access/invitation.ts';
import { wellFormed } from '../../trpc.ts';
import { aboveCaller } from './refuse-member.ts';

/** Opens a place in the workspace and answers the link that takes it. */
export const createInvitation = placeProcedure
  .meta(createInvitationContract.meta)
  .use(freshCode)
  .use(wellFormed)
  .input(createInvitationContract.input)
  .output(createInvitationContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, principal, requestId } = ctx;
    const made = await createInvitationCommand(db, principal, { ...input, requestId });
    if (made === 'not_allowed') throw new AppError({ code: 'forbidden', capability: 'member.manage' });
    if (made === 'above_caller') throw aboveCaller();
    if (made === 'too_many') {
      const message = `${mostOpenInvitations} invitations are open. Take some back before making more.`;
      throw new AppError({ code: 'conflict', message, nextSteps: [] });
    }
    const [invitation] = await db.inWorkspace(principal.workspaceId, (tx) =>
      presentInvitations(tx, principal, [made.invitation]),
    );
    ctx.reply.created('/v1/invitations');
    return { invitation: found(invitation), link: `/join#${made.secret}` };
  });
