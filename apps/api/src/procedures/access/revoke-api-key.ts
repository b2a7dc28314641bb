import { revokeApiKeyContract } from '@signalbox/contracts/access/revoke-api-key';
import { revokeApiKey as revokeApiKeyCommand } from '@signalbox/db/commands/access/revoke-api-key';
import { found } from '../../access/capability.ts';
import { apiKeyProcedure } from '../../access/key-procedures.ts';
import { freshCode } from '../../access/step-up.ts';
import { presentApiKey } from '../../presenters/access/api-key.ts';
import { wellFormed } from '../../trpc.ts';

/** Ends a key. */
export const revokeApiKey = apiKeyProcedure
  .meta(revokeApiKeyContract.meta)
  .use(freshCode)
  .use(wellFormed)
  .input(revokeApiKeyContract.input)
  .output(revokeApiKeyContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, principal, requestId } = ctx;
    return presentApiKey(found(await revokeApiKeyCommand(db, principal, { id: input.id, requestId })));
  });
