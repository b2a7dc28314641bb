import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { envelope } from './batch-envelope.ts';
import { pathWorkflow, stateFacts } from './state-facts.ts';

/** How far a workflow is. */
export const getWorkflowProgressContract = defineContract(
  {
    ...stateFacts,
    path: '/state/workflows/{workflowId}/progress',
    operationId: 'getWorkflowProgress',
    summary: 'Get workflow progress',
    description:
      'How far a task or a batch is. The remaining time is judged by how long the like of it took before and by the present pace; without either it is absent.',
    success: { 200: 'Workflow progress information' },
    errors: thingErrors,
  },
  {
    input: z.strictObject(pathWorkflow),
    output: envelope(
      z
        .object({
          workflow_id: z.uuid(),
          progress: z.number().min(0).max(100),
          current_step: z.string().optional(),
          total_steps: z.int().min(1).optional().meta({ description: 'Absent until known' }),
          completed_steps: z.int().min(0).optional(),
          estimated_time_remaining: z
            .int()
            .min(0)
            .optional()
            .meta({ description: 'Estimated time remaining in seconds' }),
        })
        .meta({ id: 'ProgressInfo' }),
    ),
  },
);
