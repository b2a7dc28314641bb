import { revokeSessionContract } from '@signalbox/contracts/access/revoke-session';
import { revokeSession as revokeSessionCommand } from '@signalbox/db/commands/access/end-session';
import { isOwnSession } from '@signalbox/db/queries/access/sessions';
import { AppError } from '@signalbox/domain/error/app-error';
import { found } from '../../access/capability.ts';
import { givenId } from '../../access/given.ts';
import { personProcedure, wellFormed } from '../../trpc.ts';

/** Ends one session of the caller. */
export const revokeSession = personProcedure
  .use(async ({ ctx, getRawInput, next }) => {
    const id = givenId(await getRawInput(), 'id');
    if (id !== undefined) found((await isOwnSession(ctx.db, ctx.session.user.userId, id)) ? id : null);
    return next();
  })
  .meta(revokeSessionContract.meta)
  .use(wellFormed)
  .input(revokeSessionContract.input)
  .output(revokeSessionContract.output)
  .mutation(async ({ ctx: { db, session, cookies, reply, requestId }, input }) => {
    const owner = { userId: session.user.userId, requestId };
    if (!(await revokeSessionCommand(db, owner, input.id))) throw new AppError({ code: 'not_found' });
    if (input.id === session.id) reply.header('set-cookie', cookies.clear());
    return { ended: true as const };
  });
