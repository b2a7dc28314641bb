import { listConnectionsContract } from '@signalbox/contracts/connection/list-connections';
import { listUsedConnections } from '@signalbox/db/queries/connection/connections';
import { memberProcedure } from '../../access/procedures.ts';
import { idCursor } from '../../page/name-cursor.ts';
import { openPage } from '../../page/open-page.ts';
import { presentUsedConnection } from '../../presenters/connection/connection.ts';
import { wellFormed } from '../../trpc.ts';

/** Provider connections of the tenants the caller is entitled to. */
export const listConnections = memberProcedure('connection.read')
  .meta(listConnectionsContract.meta)
  .use(wellFormed)
  .input(listConnectionsContract.input)
  .output(listConnectionsContract.output)
  .query(async ({ ctx, input }) => {
    const page = openPage(ctx, 'connections', input);
    const ask = { tenantId: input.tenantId, only: input.only, after: idCursor(page) ?? 0, limit: page.fetch };
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      listUsedConnections(tx, ctx.principal, ask),
    );
    const now = new Date();
    return page.close(rows, {
      present: (row) => presentUsedConnection(row, now),
      position: (row) => [row.id],
    });
  });
