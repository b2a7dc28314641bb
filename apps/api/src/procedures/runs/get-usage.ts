import { getUsageContract } from '@signalbox/contracts/runs/get-usage';
import { quotaNow } from '@signalbox/db/queries/workspace/quota-now';
import { getWorkspace } from '@signalbox/db/queries/workspace/workspaces';
import { found } from '../../access/capability.ts';
import { memberProcedure } from '../../access/procedures.ts';
import { wellFormed } from '../../trpc.ts';

/** Usage and limit of the selected workspace, in the words of the runs contract. */
export const getUsage = memberProcedure('workspace.read')
  .meta(getUsageContract.meta)
  .use(wellFormed)
  .input(getUsageContract.input)
  .output(getUsageContract.output)
  .query(({ ctx: { db, principal } }) =>
    db.inWorkspace(principal.workspaceId, async (tx) => {
      const { id, tier } = found(await getWorkspace(tx));
      const { period, current, limit } = await quotaNow(tx);
      return { workspace_id: id, period, runs: current, limit, tier };
    }),
  );
