import { disableSecondFactorContract } from '@signalbox/contracts/access/disable-second-factor';
import { disableFactor } from '@signalbox/db/commands/access/disable-factor';
import { storedFactor } from '@signalbox/db/queries/access/second-factor';
import { AppError } from '@signalbox/domain/error/app-error';
import { found } from '../../access/capability.ts';
import { noFactor } from '../../access/step-up.ts';
import { presentSecondFactor } from '../../presenters/access/second-factor.ts';
import { personProcedure, wellFormed } from '../../trpc.ts';

/** Takes the second factor away. */
export const disableSecondFactor = personProcedure
  .meta(disableSecondFactorContract.meta)
  .use(wellFormed)
  .input(disableSecondFactorContract.input)
  .output(disableSecondFactorContract.output)
  .mutation(async ({ ctx, input: { password, code } }) => {
    const { db, keyring, limits, session, requestId } = ctx;
    const { userId } = session.user;
    const attempt = await limits.confirm(session.id);
    const outcome = await disableFactor(db, keyring, { userId, password, code, requestId });
    if (outcome === 'refused') throw new AppError({ code: 'code_refused' });
    await attempt.succeeded();
    if (outcome === 'not_enabled') throw noFactor();
    return presentSecondFactor(found(await storedFactor(db, userId)));
  });
