import { loginContract } from '@signalbox/contracts/access/login';
import { signIn } from '@signalbox/db/commands/access/sign-in';
import { memberships } from '@signalbox/db/queries/access/memberships';
import { AppError } from '@signalbox/domain/error/app-error';
import { moment } from '../../presenters/time.ts';
import { publicProcedure, wellFormed } from '../../trpc.ts';

/** Signs in and answers a bearer token, in the envelope of the provisioning contract. */
export const login = publicProcedure
  .meta(loginContract.meta)
  .use(wellFormed)
  .input(loginContract.input)
  .output(loginContract.output)
  .mutation(async ({ ctx, input }) => {
    const opened = await signIn(ctx.db, input);
    if (opened === null) throw new AppError({ code: 'sign_in_refused' });
    const { token, expiresAt } = await ctx.tokens.sign(opened);
    const roles = (await memberships(ctx.db, opened.userId)).map(({ role }) => role);
    return {
      success: true as const,
      data: {
        token,
        expires_at: moment(expiresAt),
        user: {
          id: opened.uid,
          username: opened.username,
          email: opened.email,
          roles: [...new Set(roles)],
        },
      },
    };
  });
