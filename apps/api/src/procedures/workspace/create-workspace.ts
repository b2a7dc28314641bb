import { createWorkspaceContract } from '@signalbox/contracts/workspace/create-workspace';
import { openWorkspace } from '@signalbox/db/commands/workspace/open-workspace';
import { AppError } from '@signalbox/domain/error/app-error';
import { mostOwnedWorkspaces, usualWorkspaceName } from '@signalbox/domain/workspace/owned-workspaces';
import { presentWorkspace } from '../../presenters/workspace/workspace.ts';
import { personProcedure, wellFormed } from '../../trpc.ts';

/** Makes a workspace, whose owner is whoever makes it. Nothing of another workspace is asked for. */
export const createWorkspace = personProcedure
  .meta(createWorkspaceContract.meta)
  .use(wellFormed)
  .input(createWorkspaceContract.input)
  .output(createWorkspaceContract.output)
  .mutation(async ({ ctx, input }) => {
    const wanted = { name: input.name ?? usualWorkspaceName, requestId: ctx.requestId };
    const made = await openWorkspace(ctx.db, ctx.principal, wanted);
    if (made === 'too_many') {
      const message = `You own ${mostOwnedWorkspaces} workspaces, which is the most one person may. Hand one over to make another.`;
      throw new AppError({ code: 'conflict', message, nextSteps: [] });
    }
    ctx.reply.created(`/workspaces/${made.id}`);
    return presentWorkspace(made);
  });
