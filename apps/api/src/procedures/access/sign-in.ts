import { signInContract } from '@signalbox/contracts/access/sign-in';
import { acceptInvitation } from '@signalbox/db/commands/access/accept-invitation';
import { endSession } from '@signalbox/db/commands/access/end-session';
import { liveCaller } from '@signalbox/db/queries/access/live-session';
import { AppError } from '@signalbox/domain/error/app-error';
import { attemptSignIn, rememberDevice } from '../../access/attempt-sign-in.ts';
import { sessionOf } from '../../access/authenticate.ts';
import { found } from '../../access/capability.ts';
import { endReplacedSession } from '../../access/replaced-session.ts';
import { requireSafeCookie } from '../../access/session-cookie.ts';
import type { AppContext } from '../../context.ts';
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
    requireSafeCookie(cookies);
    const { username, password, mfaCode, invitation } = input;
    const opened = await attemptSignIn(ctx, { username, password, code: mfaCode, kind: 'console' });
    const joined = invitation === undefined ? null : await joinWith(ctx, invitation, opened);
    // The workspace a page was about before belongs to whoever was signed in then.
    const caller = found(await liveCaller(db, opened, 'look'));
    const headers = joined === null ? {} : { 'x-workspace-id': joined };
    const session = await sessionOf(ctx, { headers }, caller);
    if (session.memberships.length === 0) {
      // Without a workspace there is nothing to show, and nothing is told about why.
      await endSession(db, opened.sessionId);
      throw new AppError({ code: 'sign_in_refused' });
    }
    await endReplacedSession(ctx);
    ctx.reply.header('set-cookie', cookies.write(opened.secret));
    rememberDevice(ctx, opened);
    return presentMe(session, ctx.demoPassword !== null);
  });

/** Takes the invitation for who has just signed in; the workspace joined, or null where the link opens nothing new. */
async function joinWith(
  { db, requestId }: Pick<AppContext, 'db' | 'requestId'>,
  secret: string,
  { userId, username }: { readonly userId: number; readonly username: string },
): Promise<string | null> {
  const joiner = { kind: 'person', userId, username } as const;
  const result = await acceptInvitation(db, secret, { joiner, requestId });
  return typeof result === 'object' ? result.workspaceId : null;
}
