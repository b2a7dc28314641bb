import { signInContract } from '@signalbox/contracts/access/sign-in';
import { endSession } from '@signalbox/db/commands/access/end-session';
import { signIn as signInCommand } from '@signalbox/db/commands/access/sign-in';
import { liveCaller } from '@signalbox/db/queries/access/live-session';
import { AppError } from '@signalbox/domain/error/app-error';
import { sessionOf } from '../../access/authenticate.ts';
import { found } from '../../access/capability.ts';
import { presentMe } from '../../presenters/access/me.ts';
import { publicProcedure, wellFormed } from '../../trpc.ts';

/** Signs the console in: the answer sets the session cookie. */
export const signIn = publicProcedure
  .meta(signInContract.meta)
  .use(wellFormed)
  .input(signInContract.input)
  .output(signInContract.output)
  .mutation(async ({ ctx, input }) => {
    const { cookies, db } = ctx;
    if (!cookies.allowed) {
      const detail = 'a session cookie over plain http is given out on this machine only; use https';
      throw new AppError({ code: 'invalid_input', errors: [{ pointer: '', detail }] });
    }
    const opened = await signInCommand(db, input);
    if (opened === null) throw new AppError({ code: 'sign_in_refused' });
    // The workspace a page was about before belongs to whoever was signed in then.
    const caller = found(await liveCaller(db, opened, 'look'));
    const session = await sessionOf(ctx, { headers: {} }, caller);
    if (session.memberships.length === 0) {
      // Without a workspace there is nothing to show, and nothing is told about why.
      await endSession(db, opened.sessionId);
      throw new AppError({ code: 'sign_in_refused' });
    }
    ctx.reply.header('set-cookie', cookies.write(opened.secret));
    return presentMe(session, ctx.demoPassword !== null);
  });
