import { confirmSecondFactorContract } from '@signalbox/contracts/access/confirm-second-factor';
import { confirmFactor } from '@signalbox/db/commands/access/confirm-factor';
import { AppError } from '@signalbox/domain/error/app-error';
import { personProcedure, wellFormed } from '../../trpc.ts';

/** Turns the offered secret into the second factor. */
export const confirmSecondFactor = personProcedure
  .meta(confirmSecondFactorContract.meta)
  .use(wellFormed)
  .input(confirmSecondFactorContract.input)
  .output(confirmSecondFactorContract.output)
  .mutation(async ({ ctx, input: { code } }) => {
    const { db, keyring, limits, session, requestId } = ctx;
    const attempt = await limits.confirm(session.id);
    const proof = { userId: session.user.userId, sessionId: session.id, code, requestId };
    const confirmed = await confirmFactor(db, keyring, proof);
    if (confirmed.kind === 'wrong_code') throw new AppError({ code: 'code_refused' });
    await attempt.succeeded();
    if (confirmed.kind === 'not_offered') {
      const message = 'No secret waits to be proven. Begin to enrol first.';
      throw new AppError({ code: 'conflict', message, nextSteps: [] });
    }
    return { recoveryCodes: [...confirmed.recoveryCodes], endedSessions: confirmed.endedSessions };
  });
