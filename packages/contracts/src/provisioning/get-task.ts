import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { uid } from '../shape/ids.ts';
import { envelope } from './batch-envelope.ts';
import { workflowTask } from './workflow-task.ts';

/** One task of provisioning. */
export const getTaskContract = defineContract(
  {
    method: 'GET',
    path: '/tasks/{taskId}',
    operationId: 'getTask',
    summary: 'Get task status',
    description: 'The status and the details of a task, with what it said.',
    tags: ['Tasks'],
    success: { 200: 'Task details' },
    errors: { ...thingErrors, 404: 'Task not found' },
    body: 'none',
    dialect: 'provisioning',
    security: 'caller',
  },
  {
    input: z.strictObject({ taskId: uid.meta({ description: 'Task ID' }) }),
    output: envelope(workflowTask),
  },
);
