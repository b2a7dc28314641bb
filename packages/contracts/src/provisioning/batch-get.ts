import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { batchFacts, envelope, pathBatch } from './batch-envelope.ts';
import { workflowExecutionState } from './batch-state.ts';

/** One batch with its operations. */
export const getBatchOperationContract = defineContract(
  {
    ...batchFacts,
    method: 'GET',
    path: '/batch/operations/{batchId}',
    operationId: 'getBatchOperation',
    summary: 'Get batch operation status',
    description: 'How a batch and each of its operations stand.',
    success: { 200: 'Batch operation status' },
    errors: thingErrors,
    body: 'none',
  },
  { input: z.strictObject(pathBatch), output: envelope(workflowExecutionState) },
);
