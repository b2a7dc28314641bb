import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { uid } from '../shape/ids.ts';
import { batchRecord } from './batch-record.ts';
import { makesBatch } from './native-batch-facts.ts';

/** Tries the rest of a batch again. */
export const retryBatchContract = defineContract(
  {
    ...makesBatch,
    method: 'POST',
    path: '/v1/batches/{id}/retry',
    operationId: 'retryBatch',
    summary: 'Retry a batch',
    description:
      'Starts a new batch of the operations that did not succeed, with their dependencies on each other. Where what had succeeded was undone, that is tried again too. 409 while the batch runs, and when nothing of it is left to be done.',
    body: 'optional',
  },
  { input: z.strictObject({ id: uid }), output: batchRecord },
);
