import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { jsonObject } from '../shape/json.ts';
import { moment } from '../shape/time.ts';
import { envelope } from './batch-envelope.ts';
import { pathWorkflow, stateFacts } from './state-facts.ts';

/** How a workflow stood after each change of its state. */
export const listWorkflowSnapshotsContract = defineContract(
  {
    ...stateFacts,
    path: '/state/workflows/{workflowId}/snapshots',
    operationId: 'listWorkflowSnapshots',
    summary: 'Get workflow snapshots',
    description:
      'One snapshot for each change of the state of a task, or of a batch and its operations, oldest first.',
    success: { 200: 'Workflow snapshots' },
    errors: thingErrors,
  },
  {
    input: z.strictObject(pathWorkflow),
    output: envelope(
      z.array(
        z
          .object({
            snapshot_id: z.uuid(),
            timestamp: moment,
            state: z.string(),
            details: jsonObject.optional(),
          })
          .meta({ id: 'StateSnapshot' }),
      ),
    ),
  },
);
