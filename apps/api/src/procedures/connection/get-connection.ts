import { getConnectionContract } from '@signalbox/contracts/connection/get-connection';
import { connectionUse } from '@signalbox/db/queries/connection/connection-use';
import { menders } from '@signalbox/db/queries/connection/menders';
import { isToolThere } from '@signalbox/db/queries/observability/tool-there';
import { listRuns } from '@signalbox/db/queries/run/list-runs';
import { holds } from '@signalbox/domain/access/principal';
import { isProvider, providerTraits } from '@signalbox/domain/connection/providers';
import { connectionProcedure } from '../../access/procedures.ts';
import { mendingCapability, presentConnectionDetail } from '../../presenters/connection/connection-detail.ts';
import { wellFormed } from '../../trpc.ts';

/** Runs and members that are named on the page of a connection. */
const most = { runs: 5, members: 5 } as const;

/** One provider connection: what works through it, what is wrong and who can mend it. */
export const getConnection = connectionProcedure('connection.read')
  .meta(getConnectionContract.meta)
  .use(wellFormed)
  .input(getConnectionContract.input)
  .output(getConnectionContract.output)
  .query(async ({ ctx }) => {
    const { connection, principal } = ctx;
    const tenantId = connection.tenant?.id ?? null;
    const facts = await ctx.db.inWorkspace(principal.workspaceId, async (tx) => {
      const named = holds(principal, 'member.read')
        ? await menders(tx, principal, { capability: mendingCapability, tenantId, most: most.members })
        : [];
      // By tenant and time there is an index; none of them is older than the connection.
      const { id, createdAt: createdAfter } = connection;
      const filter = { connectionId: id, tenantId: tenantId ?? undefined, createdAfter };
      const { items } = holds(principal, 'run.read')
        ? await listRuns(tx, principal, { filter, cursor: null, limit: most.runs })
        : { items: [] };
      const use = await connectionUse(tx, connection);
      const tool = isProvider(connection.provider) ? providerTraits[connection.provider].tool : null;
      const toolMissing = tool !== null && !(await isToolThere(tx, tool));
      return { connection: { ...connection, ...use }, runs: items, menders: named, toolMissing };
    });
    return presentConnectionDetail(facts, principal, new Date());
  });
