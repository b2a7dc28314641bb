import { stepUpContract } from '@signalbox/contracts/access/step-up';
import { stepUp as stepUpCommand } from '@signalbox/db/commands/access/step-up';
import { AppError } from '@signalbox/domain/error/app-error';
import { freshForMs, noFactor } from '../../access/step-up.ts';
import { moment } from '../../presenters/time.ts';
import { personProcedure, wellFormed } from '../../trpc.ts';

/** Marks the session: a code was given in it now. */
export const stepUp = personProcedure
  .meta(stepUpContract.meta)
  .use(wellFormed)
  .input(stepUpContract.input)
  .output(stepUpContract.output)
  .mutation(async ({ ctx, input: { mfa_code: code } }) => {
    const { db, keyring, limits, session, requestId } = ctx;
    const attempt = await limits.confirm(session.id);
    const given = { userId: session.user.userId, sessionId: session.id, code, requestId };
    const outcome = await stepUpCommand(db, keyring, given);
    if (outcome.kind === 'wrong_code') throw new AppError({ code: 'code_refused' });
    await attempt.succeeded();
    if (outcome.kind === 'no_factor') throw noFactor();
    return { freshUntil: moment(new Date(outcome.at.getTime() + freshForMs)) };
  });
