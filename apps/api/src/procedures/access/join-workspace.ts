import { joinWorkspaceContract } from '@signalbox/contracts/access/join-workspace';
import { acceptInvitation } from '@signalbox/db/commands/access/accept-invitation';
import { memberships } from '@signalbox/db/queries/access/memberships';
import { found } from '../../access/capability.ts';
import { linkHolder } from '../../access/link-holder.ts';
import { personProcedure, wellFormed } from '../../trpc.ts';
import { requireJoined } from './refuse-join.ts';

/** Takes an invitation with the account one has. */
export const joinWorkspace = personProcedure
  .use(linkHolder)
  .meta(joinWorkspaceContract.meta)
  .use(wellFormed)
  .input(joinWorkspaceContract.input)
  .output(joinWorkspaceContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, requestId, session } = ctx;
    const { userId, username } = session.user;
    const joiner = { kind: 'person', userId, username } as const;
    const joined = requireJoined(await acceptInvitation(db, input.secret, { joiner, requestId }));
    const all = await memberships(db, userId);
    const { workspaceId, name, role, tier } = found(
      all.find((membership) => membership.workspaceId === joined.workspaceId),
    );
    ctx.reply.created('/v1/me');
    return { id: workspaceId, name, role, tier };
  });
