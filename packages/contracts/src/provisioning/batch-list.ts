import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { batchFacts, envelope } from './batch-envelope.ts';
import { workflowExecutionState } from './batch-state.ts';

/** The newest batches of the workspace. */
export const listBatchOperationsContract = defineContract(
  {
    ...batchFacts,
    method: 'GET',
    path: '/batch/operations',
    operationId: 'listBatchOperations',
    summary: 'List batch operations',
    description: 'The newest 50 batches of the workspace. `GET /v1/batches` gives all of them, page by page.',
    success: { 200: 'List of batch operations' },
    errors: sessionErrors,
    body: 'none',
  },
  { input: z.strictObject({}), output: envelope(z.array(workflowExecutionState)) },
);
