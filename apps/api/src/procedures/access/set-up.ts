import { setUpContract } from '@signalbox/contracts/access/set-up';
import { setUp as setUpCommand } from '@signalbox/db/commands/access/set-up';
import { isSetupOpen } from '@signalbox/db/commands/access/setup-link';
import { liveCaller } from '@signalbox/db/queries/access/live-session';
import { AppError } from '@signalbox/domain/error/app-error';
import { sessionOf } from '../../access/authenticate.ts';
import { found } from '../../access/capability.ts';
import { givenText } from '../../access/given.ts';
import { refuseWeakPassword } from '../../access/new-password.ts';
import { requireSafeCookie } from '../../access/session-cookie.ts';
import { presentMe } from '../../presenters/access/me.ts';
import { publicProcedure, wellFormed } from '../../trpc.ts';

/** Makes the first owner of an installation. Without a link that works nothing about the request is judged. */
export const setUp = publicProcedure
  .use(async ({ ctx, getRawInput, next }) => {
    const secret = givenText(await getRawInput(), 'secret');
    if (secret === undefined || !(await isSetupOpen(ctx.db, secret)))
      throw new AppError({ code: 'not_found' });
    return next();
  })
  .meta(setUpContract.meta)
  .use(wellFormed)
  .input(setUpContract.input)
  .output(setUpContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, cookies, requestId, headers, remoteAddress } = ctx;
    refuseWeakPassword('/password', input);
    requireSafeCookie(cookies);
    const device = { userAgent: headers['user-agent'] ?? null, address: remoteAddress };
    const secret = found(await setUpCommand(db, { ...input, ...device, requestId }));
    const session = await sessionOf(ctx, { headers: {} }, found(await liveCaller(db, { secret }, 'look')));
    ctx.reply.header('set-cookie', cookies.write(secret));
    return presentMe(session, false);
  });
