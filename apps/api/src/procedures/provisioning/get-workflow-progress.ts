import { getWorkflowProgressContract } from '@signalbox/contracts/provisioning/get-workflow-progress';
import { presentProgress } from '../../presenters/provisioning/workflow-state.ts';
import { wellFormed } from '../../trpc.ts';
import { workflowStateProcedure } from './workflow-state-procedure.ts';

/** How far a task or a batch is. */
export const getWorkflowProgress = workflowStateProcedure
  .meta(getWorkflowProgressContract.meta)
  .use(wellFormed)
  .input(getWorkflowProgressContract.input)
  .output(getWorkflowProgressContract.output)
  .query(({ ctx }) => ({ success: true, data: presentProgress(ctx.workflow) }));
