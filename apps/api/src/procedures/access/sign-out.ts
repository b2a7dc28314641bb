import { signOutContract } from '@signalbox/contracts/access/sign-out';
import { signOut as signOutCommand } from '@signalbox/db/commands/access/end-session';
import { personProcedure, wellFormed } from '../../trpc.ts';

/** Ends the session of the credential that was sent. */
export const signOut = personProcedure
  .meta(signOutContract.meta)
  .use(wellFormed)
  .input(signOutContract.input)
  .output(signOutContract.output)
  .mutation(async ({ ctx }) => {
    const { db, session, requestId } = ctx;
    await signOutCommand(db, { userId: session.user.userId, requestId }, session.id);
    ctx.reply.header('set-cookie', ctx.cookies.clear());
    // Also the pages a browser keeps to go back to.
    ctx.reply.header('clear-site-data', '"cache"');
    return { signedOut: true as const };
  });
