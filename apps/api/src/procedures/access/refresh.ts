import { refreshContract } from '@signalbox/contracts/access/refresh';
import { refreshSession } from '@signalbox/db/commands/access/refresh-session';
import { AppError } from '@signalbox/domain/error/app-error';
import { moment } from '../../presenters/time.ts';
import { publicProcedure, wellFormed } from '../../trpc.ts';

/** Answers the successor of a bearer token, in the envelope of the provisioning contract. */
export const refresh = publicProcedure
  .meta(refreshContract.meta)
  .use(wellFormed)
  .input(refreshContract.input)
  .output(refreshContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, tokens, limits, remoteAddress, requestId } = ctx;
    await limits.refresh(remoteAddress);
    const claims = await tokens.verifyForRefresh(input.token);
    if (claims === null) throw new AppError({ code: 'unauthenticated' });
    const { sessionId, jti, sub: uid } = claims;
    const next = await refreshSession(db, { sessionId, jti, uid, requestId });
    if (next === null) throw new AppError({ code: 'unauthenticated' });
    const { token, expiresAt } = await tokens.sign(next, next.issuedAt);
    return { success: true as const, data: { token, expires_at: moment(expiresAt) } };
  });
