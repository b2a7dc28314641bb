import { updateWorkspaceContract } from '@signalbox/contracts/workspace/update-workspace';
import { renameWorkspace } from '@signalbox/db/commands/workspace/change-workspace';
import { found } from '../../access/capability.ts';
import { workspaceProcedure } from '../../access/workspace-procedures.ts';
import { moment } from '../../presenters/time.ts';
import { wellFormed } from '../../trpc.ts';

/** Gives a workspace another name. */
export const updateWorkspace = workspaceProcedure('workspace.manage')
  .meta(updateWorkspaceContract.meta)
  .use(wellFormed)
  .input(updateWorkspaceContract.input)
  .output(updateWorkspaceContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, actor, requestId, workspace } = ctx;
    const change = { workspaceId: workspace.id, actor, requestId };
    const { id, name, tier, createdAt } = found(await renameWorkspace(db, input.name, change));
    return { id, name, tier, createdAt: moment(createdAt) };
  });
