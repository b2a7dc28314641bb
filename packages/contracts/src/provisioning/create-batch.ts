import { defineContract } from '../openapi/operation.ts';
import { batchRecord } from './batch-record.ts';
import { makesBatch } from './native-batch-facts.ts';
import { nativeBatchInput } from './native-batch-input.ts';

/** Admits a batch. */
export const createBatchContract = defineContract(
  {
    ...makesBatch,
    method: 'POST',
    path: '/v1/batches',
    operationId: 'createBatch',
    summary: 'Start a batch',
    description:
      'Judges operations that depend on each other as a whole, takes the scopes of their infras and connections, and goes through them: each begins when all it depends on have succeeded, and never more run at once than the limit says.',
    body: 'required',
  },
  { input: nativeBatchInput, output: batchRecord },
);
