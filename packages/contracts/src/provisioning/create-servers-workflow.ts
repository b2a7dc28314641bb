import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { workflowAnswer, workflowFacts, workflowFields } from './workflow-parts.ts';

/** Creates the servers of an infra. */
export const createServersWorkflowContract = defineContract(
  {
    ...workflowFacts,
    path: '/workflows/servers/create',
    operationId: 'createServersWorkflow',
    summary: 'Create server workflow',
    description: 'Submits a workflow that creates the servers which the settings of an infra name.',
    examples: { request: { demo: { infra: 'demo', check_mode: true } } },
  },
  { input: z.object(workflowFields), output: workflowAnswer },
);
