import { disableConnectionContract } from '@signalbox/contracts/connection/disable-connection';
import { disableConnection as disableConnectionCommand } from '@signalbox/db/commands/connection/disable-connection';
import { connectionProcedure } from '../../access/procedures.ts';
import { wellFormed } from '../../trpc.ts';
import { changed, refuseConnection } from './changed.ts';

/** Lets nothing more start through a provider connection. */
export const disableConnection = connectionProcedure('connection.manage')
  .meta(disableConnectionContract.meta)
  .use(wellFormed)
  .input(disableConnectionContract.input)
  .output(disableConnectionContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, principal, requestId, connection } = ctx;
    const ask = { connectionId: connection.id, reason: input.reason, requestId };
    const disabled = await disableConnectionCommand(db, principal, ask);
    if (disabled === 'already') {
      const message = 'The connection is disabled already.';
      throw refuseConnection(connection.id, principal, { message, steps: ['open_connection'] });
    }
    return changed(disabled);
  });
