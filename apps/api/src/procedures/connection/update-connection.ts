import { updateConnectionContract } from '@signalbox/contracts/connection/update-connection';
import { renameConnection } from '@signalbox/db/commands/connection/rename-connection';
import { connectionProcedure } from '../../access/procedures.ts';
import { wellFormed } from '../../trpc.ts';
import { changed } from './changed.ts';

/** Renames a provider connection. */
export const updateConnection = connectionProcedure('connection.manage')
  .meta(updateConnectionContract.meta)
  .use(wellFormed)
  .input(updateConnectionContract.input)
  .output(updateConnectionContract.output)
  .mutation(async ({ ctx, input }) => {
    const ask = { connectionId: ctx.connection.id, label: input.label, requestId: ctx.requestId };
    return changed(await renameConnection(ctx.db, ctx.principal, ask));
  });
