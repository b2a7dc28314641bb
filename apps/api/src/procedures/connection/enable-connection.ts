import { enableConnectionContract } from '@signalbox/contracts/connection/enable-connection';
import { enableConnection as enableConnectionCommand } from '@signalbox/db/commands/connection/enable-connection';
import { connectionProcedure } from '../../access/procedures.ts';
import { wellFormed } from '../../trpc.ts';
import { changed, refuseConnection } from './changed.ts';

/** Lets work start through a provider connection again. */
export const enableConnection = connectionProcedure('connection.manage')
  .meta(enableConnectionContract.meta)
  .use(wellFormed)
  .input(enableConnectionContract.input)
  .output(enableConnectionContract.output)
  .mutation(async ({ ctx }) => {
    const { db, principal, requestId, connection } = ctx;
    const enabled = await enableConnectionCommand(db, principal, { connectionId: connection.id, requestId });
    if (enabled === 'already') {
      const message = 'The connection is enabled already.';
      throw refuseConnection(connection.id, principal, { message, steps: ['open_connection'] });
    }
    return changed(enabled);
  });
