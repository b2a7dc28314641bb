import { rotateApiKeyContract } from '@signalbox/contracts/access/rotate-api-key';
import { rotateApiKey as rotateApiKeyCommand } from '@signalbox/db/commands/access/rotate-api-key';
import { AppError } from '@signalbox/domain/error/app-error';
import { apiKeySecretProcedure } from '../../access/key-procedures.ts';
import { freshCode } from '../../access/step-up.ts';
import { presentShownKey } from '../../presenters/access/api-key.ts';
import { wellFormed } from '../../trpc.ts';

/** Gives a key a new secret and shows it once. */
export const rotateApiKey = apiKeySecretProcedure
  .meta(rotateApiKeyContract.meta)
  .use(freshCode)
  .use(wellFormed)
  .input(rotateApiKeyContract.input)
  .output(rotateApiKeyContract.output)
  .mutation(async ({ ctx, input }) => {
    const { id, overlapHours } = input;
    const { requestId } = ctx;
    const rotated = await rotateApiKeyCommand(ctx.db, ctx.principal, { id, overlapHours, requestId });
    if (rotated === null) {
      const message = 'The key is revoked or has expired. Make a new one.';
      throw new AppError({ code: 'conflict', message, nextSteps: [] });
    }
    return presentShownKey(rotated);
  });
