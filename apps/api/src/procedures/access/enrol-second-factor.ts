import { enrolSecondFactorContract } from '@signalbox/contracts/access/enrol-second-factor';
import { offerFactor } from '@signalbox/db/commands/access/offer-factor';
import { AppError } from '@signalbox/domain/error/app-error';
import { personProcedure, wellFormed } from '../../trpc.ts';

/** Offers a secret for an authenticator. */
export const enrolSecondFactor = personProcedure
  .meta(enrolSecondFactorContract.meta)
  .use(wellFormed)
  .input(enrolSecondFactorContract.input)
  .output(enrolSecondFactorContract.output)
  .mutation(async ({ ctx, input: { password } }) => {
    const { db, keyring, limits, session, requestId } = ctx;
    const { userId, username } = session.user;
    const attempt = await limits.confirm(session.id);
    const offered = await offerFactor(db, keyring, { userId, username, password, requestId });
    if (offered.kind === 'wrong_password') {
      const errors = [{ pointer: '/password', detail: 'is not your password' }];
      throw new AppError({ code: 'invalid_input', errors });
    }
    await attempt.succeeded();
    if (offered.kind === 'enabled_already') {
      const message = 'You have a second factor. Disable it before you enrol another one.';
      throw new AppError({ code: 'conflict', message, nextSteps: [] });
    }
    return { secret: offered.secret, uri: offered.uri };
  });
