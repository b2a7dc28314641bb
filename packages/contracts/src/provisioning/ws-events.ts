import { taskStatuses } from '@signalbox/domain/provisioning/task-status';
import { z } from 'zod';
import { logLevels } from '../run/run-words.ts';
import { moment } from '../shape/time.ts';
import { contractBatchStatus } from './batch-state.ts';
import { systemHealth } from './get-system-health.ts';
import { systemMetrics } from './get-system-metrics.ts';

/** Everything `/ws` tells of. */
export const wsEventTypes = [
  'TaskStatusChanged',
  'WorkflowProgressUpdate',
  'SystemHealthUpdate',
  'BatchOperationUpdate',
  'LogEntry',
  'MetricUpdate',
] as const;
export type WsEventType = (typeof wsEventTypes)[number];

const percent = z.number().min(0).max(100);
const taskId = z.uuid().meta({ description: 'The task, as in `/tasks/{taskId}`' });

/** Every event has these; metadata are strings, `cursor` among them where the event can be resumed after. */
const frame = {
  timestamp: moment.meta({ description: 'When it happened' }),
  metadata: z.record(z.string(), z.string()).meta({
    description:
      '`cursor` resumes after this event (`?after=`). `task_id`, `batch_id`, `workflow_type` and `sequence`, the number of the event within its task or batch, where they apply',
  }),
};

const taskStatusChanged = z.object({
  event_type: z.literal('TaskStatusChanged'),
  ...frame,
  data: z.object({
    task_id: taskId,
    name: z.string().meta({ example: 'create_servers' }),
    status: z.enum(taskStatuses),
    previous_status: z.enum(taskStatuses).optional().meta({ description: 'Absent for a new task' }),
    progress: percent.meta({ description: 'Percent, as far as the task had said by then' }),
  }),
});

const workflowProgressUpdate = z.object({
  event_type: z.literal('WorkflowProgressUpdate'),
  ...frame,
  data: z.object({
    workflow_id: taskId,
    progress: percent,
    current_step: z.string().optional(),
    completed_steps: z.int().min(0),
    total_steps: z.int().min(1).optional().meta({ description: 'Absent until known' }),
    message: z.string().optional(),
  }),
});

const logEntry = z.object({
  event_type: z.literal('LogEntry'),
  ...frame,
  data: z.object({
    task_id: taskId,
    level: z.enum(logLevels),
    message: z.string().meta({ description: 'A piece of log, one line or many; secrets are taken out' }),
    line: z.int().min(1).optional().meta({ description: 'The number of its first line in the log' }),
    step: z.string().optional(),
  }),
});

const batchOperationUpdate = z.object({
  event_type: z.literal('BatchOperationUpdate'),
  ...frame,
  data: z.object({
    batch_id: z.uuid(),
    name: z.string(),
    status: contractBatchStatus.meta({ description: 'The batch when this happened' }),
    progress: percent.meta({ description: 'How many of its operations had ended' }),
    operation_id: z
      .string()
      .optional()
      .meta({ description: 'The operation this is about; absent for the batch' }),
    operation_status: z.enum([...taskStatuses, 'Skipped']).optional(),
    task_id: z.uuid().optional().meta({ description: 'The task that does the operation, or the undoing' }),
    because_of: z
      .string()
      .optional()
      .meta({ description: 'With `Skipped`: the operation that failed before it' }),
    undoing: z.enum(['begun', 'succeeded', 'failed']).optional(),
    message: z.string().optional(),
  }),
});

const systemHealthUpdate = z.object({
  event_type: z.literal('SystemHealthUpdate'),
  ...frame,
  data: systemHealth,
});

const metricUpdate = z.object({
  event_type: z.literal('MetricUpdate'),
  ...frame,
  data: systemMetrics,
});

/** One message of `/ws`. */
export const wsEvent = z
  .discriminatedUnion('event_type', [
    taskStatusChanged,
    workflowProgressUpdate,
    systemHealthUpdate,
    batchOperationUpdate,
    logEntry,
    metricUpdate,
  ])
  .meta({ id: 'WebSocketEvent' });
export type WsEvent = z.infer<typeof wsEvent>;
