import {
  taskservOperations,
  taskservWorkflowContract,
} from '@signalbox/contracts/provisioning/taskserv-workflow';
import { wellFormed } from '../../trpc.ts';
import { startWorkflow } from './start-workflow.ts';
import { verbOf, workflowProcedure } from './workflow-procedure.ts';

/** Manages a task service on the servers of an infra, in the words of the provisioning contract. */
export const taskservWorkflow = workflowProcedure(verbOf('taskserv', taskservOperations))
  .meta(taskservWorkflowContract.meta)
  .use(wellFormed)
  .input(taskservWorkflowContract.input)
  .output(taskservWorkflowContract.output)
  .mutation(async ({ ctx, input, signal }) => {
    const { operation, taskserv } = input;
    const data = await startWorkflow({ ...ctx, signal }, input, {
      meta: taskservWorkflowContract.meta,
      operation: `${operation}_taskserv`,
      told: () => ({ taskservs: [taskserv] }),
    });
    return { success: true, data };
  });
