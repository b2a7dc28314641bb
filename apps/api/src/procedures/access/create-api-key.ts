import { createApiKeyContract } from '@signalbox/contracts/access/create-api-key';
import { createApiKey as createApiKeyCommand } from '@signalbox/db/commands/access/create-api-key';
import { mostLiveKeys } from '@signalbox/domain/access/api-key';
import { capabilities } from '@signalbox/domain/access/capabilities';
import { AppError } from '@signalbox/domain/error/app-error';
import { newApiKeyProcedure } from '../../access/key-procedures.ts';
import { freshCode } from '../../access/step-up.ts';
import { presentShownKey } from '../../presenters/access/api-key.ts';
import { wellFormed } from '../../trpc.ts';

/** Makes a key and shows it once. */
export const createApiKey = newApiKeyProcedure
  .meta(createApiKeyContract.meta)
  .use(freshCode)
  .use(wellFormed)
  .input(createApiKeyContract.input)
  .output(createApiKeyContract.output)
  .mutation(async ({ ctx, input }) => {
    const made = await createApiKeyCommand(ctx.db, ctx.principal, {
      name: input.name,
      capabilities: capabilities.filter((each) => input.capabilities.includes(each)),
      mayActFor: input.mayActFor,
      expiresInDays: input.expiresInDays ?? null,
      requestId: ctx.requestId,
    });
    if (made === 'name_taken') {
      const message = 'A key of this name is not revoked. Choose another name, or revoke that key.';
      throw new AppError({ code: 'conflict', message, nextSteps: ['correct_input'] });
    }
    if (made === 'too_many') {
      const message = `The workspace has ${mostLiveKeys} keys. Revoke one to make another.`;
      throw new AppError({ code: 'conflict', message, nextSteps: [] });
    }
    ctx.reply.created(`/v1/api-keys/${made.record.id}`);
    return presentShownKey(made);
  });
