import { acceptInvitationContract } from '@signalbox/contracts/access/accept-invitation';
import { acceptInvitation as acceptInvitationCommand } from '@signalbox/db/commands/access/accept-invitation';
import { liveCaller } from '@signalbox/db/queries/access/live-session';
import { sessionOf } from '../../access/authenticate.ts';
import { found } from '../../access/capability.ts';
import { linkHolder } from '../../access/link-holder.ts';
import { refuseWeakPassword } from '../../access/new-password.ts';
import { endReplacedSession } from '../../access/replaced-session.ts';
import { requireSafeCookie } from '../../access/session-cookie.ts';
import { presentMe } from '../../presenters/access/me.ts';
import { publicProcedure, wellFormed } from '../../trpc.ts';
import { requireJoined } from './refuse-join.ts';

/** Takes an invitation as somebody new: makes the account, joins the workspace and signs in. */
export const acceptInvitation = publicProcedure
  .use(linkHolder)
  .meta(acceptInvitationContract.meta)
  .use(wellFormed)
  .input(acceptInvitationContract.input)
  .output(acceptInvitationContract.output)
  .mutation(async ({ ctx, input }) => {
    const { cookies, db, requestId, headers, remoteAddress } = ctx;
    const { secret, ...person } = input;
    refuseWeakPassword('/password', person);
    requireSafeCookie(cookies);
    const device = { userAgent: headers['user-agent'] ?? null, address: remoteAddress };
    const joiner = { kind: 'new', ...person, ...device } as const;
    const attempt = await ctx.limits.join(remoteAddress);
    const joined = await acceptInvitationCommand(db, secret, { joiner, requestId });
    if (joined !== 'name_taken') await attempt.succeeded();
    const { cookie } = requireJoined(joined);
    const opened = found(cookie);
    const caller = found(await liveCaller(db, { secret: opened }, 'look'));
    const session = await sessionOf(ctx, { headers: {} }, caller);
    await endReplacedSession(ctx);
    ctx.reply.header('set-cookie', cookies.write(opened));
    ctx.reply.created('/v1/me');
    return presentMe(session, ctx.demoPassword !== null);
  });
