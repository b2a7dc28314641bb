import { getApiKeyContract } from '@signalbox/contracts/access/get-api-key';
import { apiKeyProcedure } from '../../access/key-procedures.ts';
import { presentApiKey } from '../../presenters/access/api-key.ts';
import { wellFormed } from '../../trpc.ts';

/** One key of the workspace. */
export const getApiKey = apiKeyProcedure
  .meta(getApiKeyContract.meta)
  .use(wellFormed)
  .input(getApiKeyContract.input)
  .output(getApiKeyContract.output)
  .query(({ ctx }) => presentApiKey(ctx.apiKey));
