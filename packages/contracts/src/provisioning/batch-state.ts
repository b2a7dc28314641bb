import { taskStatuses } from '@signalbox/domain/provisioning/task-status';
import { z } from 'zod';
import { moment } from '../shape/time.ts';

/** How a batch stands, in the words of the provisioning contract. */
export const contractBatchStatus = z.enum(['Running', 'Completed', 'Failed', 'Cancelled']);

/** One operation of a batch: the words of a task, and one for what was left out behind a failure. */
export const contractItem = z
  .object({
    id: z.string(),
    status: z.enum([...taskStatuses, 'Skipped']),
    progress: z.number().min(0).max(100).optional().meta({ description: 'Percent, as far as it is known' }),
  })
  .meta({ id: 'BatchOperationState' });

/** A batch as the provisioning contract shows it. */
export const workflowExecutionState = z
  .object({
    batch_id: z.uuid(),
    name: z.string(),
    status: contractBatchStatus,
    created_at: moment,
    operations: z.array(contractItem),
  })
  .meta({ id: 'WorkflowExecutionState' });
export type WorkflowExecutionState = z.infer<typeof workflowExecutionState>;
