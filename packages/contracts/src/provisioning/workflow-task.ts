import { taskStatuses } from '@signalbox/domain/provisioning/task-status';
import { z } from 'zod';
import { moment } from '../shape/time.ts';

export const taskStatusWord = z.enum(taskStatuses).meta({ id: 'TaskStatus' });

/** A task as the provisioning contract shows it. */
export const workflowTask = z
  .object({
    id: z.uuid(),
    name: z.string().meta({ example: 'create_servers' }),
    command: z.string().meta({ example: 'servers create' }),
    args: z.array(z.string()),
    dependencies: z
      .array(z.string())
      .meta({ description: 'Tasks that had to succeed first, by their ids; of a batch only' }),
    status: taskStatusWord,
    created_at: moment,
    started_at: moment.nullable(),
    completed_at: moment.nullable(),
    output: z
      .string()
      .nullable()
      .optional()
      .meta({ description: 'The last 64 KiB of what it said; absent in the list' }),
    error: z.string().nullable(),
    progress: z.number().min(0).max(100).nullable(),
  })
  .meta({ id: 'WorkflowTask' });
export type WorkflowTask = z.infer<typeof workflowTask>;
