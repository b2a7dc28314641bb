import { changePasswordContract } from '@signalbox/contracts/access/change-password';
import { changePassword as changePasswordCommand } from '@signalbox/db/commands/access/change-password';
import { AppError } from '@signalbox/domain/error/app-error';
import { refuseWeakPassword } from '../../access/new-password.ts';
import { moment } from '../../presenters/time.ts';
import { personProcedure, wellFormed } from '../../trpc.ts';

/** Puts a new password in the place of the current one. */
export const changePassword = personProcedure
  .meta(changePasswordContract.meta)
  .use(wellFormed)
  .input(changePasswordContract.input)
  .output(changePasswordContract.output)
  .mutation(async ({ ctx, input: { current, next } }) => {
    const { session, cookies, tokens, reply, requestId, headers } = ctx;
    const { userId, uid, username } = session.user;
    refuseWeakPassword('/next', { password: next, username });
    if (current === next) throw fault('/next', 'is the password you have');
    const attempt = await ctx.limits.confirm(session.id);
    const change = { userId, requestId, sessionId: session.id, current, next };
    const changed = await changePasswordCommand(ctx.db, change);
    if (changed === null) throw fault('/current', 'is not your password');
    await attempt.succeeded();
    const { endedSessions, jti, secret } = changed;
    if (headers.authorization === undefined) {
      reply.header('set-cookie', cookies.write(secret));
      return { endedSessions, token: null };
    }
    const { token, expiresAt } = await tokens.sign({ jti, uid, sessionId: session.id });
    return { endedSessions, token: { token, expiresAt: moment(expiresAt) } };
  });

function fault(pointer: string, detail: string): AppError {
  return new AppError({ code: 'invalid_input', errors: [{ pointer, detail }] });
}
