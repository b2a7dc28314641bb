import { getWorkspaceContract } from '@signalbox/contracts/workspace/get-workspace';
import { workspaceProcedure } from '../../access/workspace-procedures.ts';
import { presentWorkspace } from '../../presenters/workspace/workspace.ts';
import { wellFormed } from '../../trpc.ts';

/** One workspace of the caller. */
export const getWorkspace = workspaceProcedure('workspace.read')
  .meta(getWorkspaceContract.meta)
  .use(wellFormed)
  .input(getWorkspaceContract.input)
  .output(getWorkspaceContract.output)
  .query(({ ctx }) => presentWorkspace(ctx.workspace));
