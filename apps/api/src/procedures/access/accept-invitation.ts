import { acceptInvitationContract } from '@signalbox/contracts/access/accept-invitation';
import { acceptInvitation as acceptInvitationCommand } from '@signalbox/db/commands/access/accept-invitation';
import { signIn } from '@signalbox/db/commands/access/sign-in';
import { liveCaller } from '@signalbox/db/queries/access/live-session';
import { isCommonPassword } from '@signalbox/db/secrets/common-password';
import { passwordFault } from '@signalbox/domain/access/password-policy';
import { AppError } from '@signalbox/domain/error/app-error';
import { sessionOf } from '../../access/authenticate.ts';
import { found } from '../../access/capability.ts';
import { presentMe } from '../../presenters/access/me.ts';
import { publicProcedure, wellFormed } from '../../trpc.ts';
import { requireJoined } from './refuse-join.ts';

/** Takes an invitation as somebody new: makes the account, joins the workspace and signs in. */
export const acceptInvitation = publicProcedure
  .meta(acceptInvitationContract.meta)
  .use(wellFormed)
  .input(acceptInvitationContract.input)
  .output(acceptInvitationContract.output)
  .mutation(async ({ ctx, input }) => {
    const { cookies, db, requestId } = ctx;
    if (!cookies.allowed) {
      const detail = 'a session cookie over plain http is given out on this machine only; use https';
      throw new AppError({ code: 'invalid_input', errors: [{ pointer: '', detail }] });
    }
    const { secret, username, email, password } = input;
    const fault = passwordFault({ password, username, common: isCommonPassword(password) });
    if (fault !== null) {
      throw new AppError({ code: 'invalid_input', errors: [{ pointer: '/password', detail: fault }] });
    }
    const joiner = { kind: 'new', username, email, password } as const;
    requireJoined(await acceptInvitationCommand(db, secret, { joiner, requestId }));
    const opened = found(await signIn(db, { username, password }));
    const caller = found(await liveCaller(db, opened, 'look'));
    const session = await sessionOf(ctx, { headers: {} }, caller);
    ctx.reply.header('set-cookie', cookies.write(opened.secret));
    ctx.reply.created('/v1/me');
    return presentMe(session, ctx.demoPassword !== null);
  });
