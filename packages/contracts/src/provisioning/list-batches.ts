import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { commaList } from '../shape/comma-list.ts';
import { page, pageQuery } from '../shape/page.ts';
import { batchStatus, batchSummary } from './batch-record.ts';
import { nativeBatchFacts } from './native-batch-facts.ts';

/** Batches of the workspace, newest first, by keyset over (created, id). */
export const listBatchesContract = defineContract(
  {
    ...nativeBatchFacts,
    method: 'GET',
    path: '/v1/batches',
    operationId: 'listBatches',
    summary: 'List batches',
    description: 'Batches of the workspace, newest first. Lists in the query are written with commas.',
    success: { 200: 'A page of batches' },
    errors: sessionErrors,
    body: 'none',
  },
  {
    input: z.strictObject({
      ...pageQuery,
      status: commaList(batchStatus).optional().meta({ example: 'running,failed' }),
    }),
    output: page(batchSummary),
  },
);
