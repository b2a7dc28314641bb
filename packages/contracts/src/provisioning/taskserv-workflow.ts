import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { objectName } from '../operation/provisioning-inputs.ts';
import { workflowAnswer, workflowFacts, workflowFields } from './workflow-parts.ts';

/** What may be asked of a task service. */
export const taskservOperations = ['create', 'delete', 'restart', 'configure'] as const;

/** Manages a task service on the servers of an infra. */
export const taskservWorkflowContract = defineContract(
  {
    ...workflowFacts,
    path: '/workflows/taskserv/create',
    operationId: 'taskservWorkflow',
    summary: 'Create task service workflow',
    description:
      'Submits a workflow that installs, removes, restarts or configures a task service on all servers of an infra.',
    examples: { request: { nginx: { operation: 'create', taskserv: 'nginx', infra: 'demo' } } },
  },
  {
    input: z.object({
      operation: z.enum(taskservOperations),
      taskserv: objectName.meta({ description: 'Task service name', example: 'nginx' }),
      ...workflowFields,
    }),
    output: workflowAnswer,
  },
);
