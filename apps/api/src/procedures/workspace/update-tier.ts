import { updateTierContract } from '@signalbox/contracts/workspace/update-tier';
import { changeTier } from '@signalbox/db/commands/workspace/change-workspace';
import { found } from '../../access/capability.ts';
import { tierProcedure } from '../../access/workspace-procedures.ts';
import { presentWorkspace } from '../../presenters/workspace/workspace.ts';
import { wellFormed } from '../../trpc.ts';

/** Sets the tier of a workspace: by the secret of the billing system where there is one, else by an owner. */
export const updateTier = tierProcedure
  .meta(updateTierContract.meta)
  .use(wellFormed)
  .input(updateTierContract.input)
  .output(updateTierContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, actor, requestId, workspace } = ctx;
    const change = { workspaceId: workspace.id, actor, requestId };
    return presentWorkspace(found(await changeTier(db, input.tier, change)));
  });
