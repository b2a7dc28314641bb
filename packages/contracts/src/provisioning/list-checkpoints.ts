import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { page, pageQuery } from '../shape/page.ts';
import { checkpointSummary } from './checkpoint-record.ts';

/** Checkpoints of the workspace, newest first. */
export const listCheckpointsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/checkpoints',
    operationId: 'listCheckpoints',
    summary: 'List checkpoints',
    description: 'Checkpoints of the workspace, newest first, with how much going back to each would undo.',
    tags: ['Rollback'],
    success: { 200: 'A page of checkpoints' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject(pageQuery), output: page(checkpointSummary) },
);
