import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { uid } from '../shape/ids.ts';
import { prose } from '../shape/text.ts';
import { batchRecord } from './batch-record.ts';
import { batchStateErrors, nativeBatchFacts } from './native-batch-facts.ts';

/** Stops a batch. What has been done stays. */
export const cancelBatchContract = defineContract(
  {
    ...nativeBatchFacts,
    method: 'POST',
    path: '/v1/batches/{id}/cancel',
    operationId: 'cancelBatch',
    summary: 'Cancel a batch',
    description:
      'Nothing more of the batch is begun, and what runs is asked to stop. What has been done stays, also where a failure would have undone it. The batch has ended when the last of it has.',
    success: { 200: 'Cancelled' },
    errors: { ...batchStateErrors, 409: 'The batch has already ended, or is being undone.' },
    body: 'optional',
  },
  {
    input: z.strictObject({ id: uid, reason: prose(500).optional() }),
    output: z
      .object({
        batch: batchRecord,
        stopped: z.array(z.string()).meta({ description: 'Operations that will not begin' }),
        stopping: z
          .array(z.string())
          .meta({ description: 'Operations that run and were asked to stop, or ended at once' }),
      })
      .meta({ id: 'CancelledBatch' }),
  },
);
