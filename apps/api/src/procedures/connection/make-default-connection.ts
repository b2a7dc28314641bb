import { makeDefaultConnectionContract } from '@signalbox/contracts/connection/make-default-connection';
import { makeDefault } from '@signalbox/db/commands/connection/make-default';
import { connectionProcedure } from '../../access/procedures.ts';
import { wellFormed } from '../../trpc.ts';
import { changed, refuseConnection } from './changed.ts';

/** Makes a provider connection the default of its owner and provider. */
export const makeDefaultConnection = connectionProcedure('connection.manage')
  .meta(makeDefaultConnectionContract.meta)
  .use(wellFormed)
  .input(makeDefaultConnectionContract.input)
  .output(makeDefaultConnectionContract.output)
  .mutation(async ({ ctx }) => {
    const { db, principal, requestId, connection } = ctx;
    const ask = { connectionId: connection.id, tenantId: connection.tenant?.id ?? null, requestId };
    const made = await makeDefault(db, principal, ask);
    if (made === 'disabled') {
      const message = 'The connection is disabled; as the default it would refuse every start.';
      throw refuseConnection(connection.id, principal, { message, steps: ['enable_connection'] });
    }
    return changed(made);
  });
