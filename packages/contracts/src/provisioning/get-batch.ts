import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { uid } from '../shape/ids.ts';
import { batchRecord } from './batch-record.ts';
import { nativeBatchFacts } from './native-batch-facts.ts';

/** One batch. */
export const getBatchContract = defineContract(
  {
    ...nativeBatchFacts,
    method: 'GET',
    path: '/v1/batches/{id}',
    operationId: 'getBatch',
    summary: 'Read a batch',
    description: 'A batch with its operations: how each stands, what it waits for, and what became of it.',
    success: { 200: 'The batch' },
    errors: thingErrors,
    body: 'none',
  },
  { input: z.strictObject({ id: uid }), output: batchRecord },
);
