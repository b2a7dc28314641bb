import { createServersWorkflowContract } from '@signalbox/contracts/provisioning/create-servers-workflow';
import { AppError } from '@signalbox/domain/error/app-error';
import { wellFormed } from '../../trpc.ts';
import { startWorkflow } from './start-workflow.ts';
import { workflowProcedure } from './workflow-procedure.ts';

/** Creates the servers of an infra, in the words of the provisioning contract. */
export const createServersWorkflow = workflowProcedure(() => 'create_servers')
  .meta(createServersWorkflowContract.meta)
  .use(wellFormed)
  .input(createServersWorkflowContract.input)
  .output(createServersWorkflowContract.output)
  .mutation(async ({ ctx, input, signal }) => {
    const data = await startWorkflow({ ...ctx, signal }, input, {
      meta: createServersWorkflowContract.meta,
      operation: 'create_servers',
      told: ({ servers }) => {
        if (servers.length > 0) return { servers: servers.map((server) => ({ ...server })) };
        const errors = [{ pointer: '/settings', detail: 'names no servers in `server_configs`' }];
        throw new AppError({ code: 'invalid_input', errors });
      },
    });
    return { success: true, data };
  });
