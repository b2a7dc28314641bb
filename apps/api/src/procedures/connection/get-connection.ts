import { getConnectionContract } from '@signalbox/contracts/connection/get-connection';
import { connectionHolder } from '@signalbox/db/queries/connection/connection-holder';
import { connectionProcedure } from '../../access/procedures.ts';
import { presentConnectionDetail } from '../../presenters/connection/connection.ts';
import { wellFormed } from '../../trpc.ts';

/** One provider connection, with its permissions and who holds its scope. */
export const getConnection = connectionProcedure('connection.read')
  .meta(getConnectionContract.meta)
  .use(wellFormed)
  .input(getConnectionContract.input)
  .output(getConnectionContract.output)
  .query(async ({ ctx }) => {
    const { connection } = ctx;
    const parts = { tenant: connection.tenant?.id ?? null, connection: connection.id };
    const holder = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) => connectionHolder(tx, parts));
    return presentConnectionDetail(connection, holder, new Date());
  });
