import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { envelope } from './batch-envelope.ts';
import { taskStatusWord, workflowTask } from './workflow-task.ts';

/** Tasks of provisioning, newest first. */
export const listTasksContract = defineContract(
  {
    method: 'GET',
    path: '/tasks',
    operationId: 'listTasks',
    summary: 'List tasks',
    description: 'Workflow tasks of the workspace, newest first. `GET /v1/runs` lists every kind of run.',
    tags: ['Tasks'],
    success: { 200: 'List of tasks' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'provisioning',
    security: 'caller',
  },
  {
    input: z.strictObject({
      status: taskStatusWord.optional().meta({ description: 'Filter tasks by status' }),
      limit: z.int().min(1).max(1_000).default(50).meta({ description: 'Maximum number of results' }),
      offset: z.int().min(0).max(10_000_000).default(0).meta({ description: 'Pagination offset' }),
    }),
    output: envelope(z.array(workflowTask)),
  },
);
