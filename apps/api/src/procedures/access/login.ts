import { loginContract } from '@signalbox/contracts/access/login';
import { memberships } from '@signalbox/db/queries/access/memberships';
import { attemptSignIn, rememberDevice } from '../../access/attempt-sign-in.ts';
import { moment } from '../../presenters/time.ts';
import { publicProcedure, wellFormed } from '../../trpc.ts';

/** Signs in and answers a bearer token, in the envelope of the provisioning contract. */
export const login = publicProcedure
  .meta(loginContract.meta)
  .use(wellFormed)
  .input(loginContract.input)
  .output(loginContract.output)
  .mutation(async ({ ctx, input: { username, password, mfa_code } }) => {
    const opened = await attemptSignIn(ctx, { username, password, code: mfa_code, kind: 'token' });
    const { token, expiresAt } = await ctx.tokens.sign(opened);
    rememberDevice(ctx, opened);
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
