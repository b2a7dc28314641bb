import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { batchFacts, envelope, pathBatch } from './batch-envelope.ts';

/** Stops a batch, in the words of the provisioning contract. */
export const cancelBatchOperationContract = defineContract(
  {
    ...batchFacts,
    method: 'POST',
    path: '/batch/operations/{batchId}/cancel',
    operationId: 'cancelBatchOperation',
    summary: 'Cancel batch operation',
    description:
      'Nothing more of the batch is begun, and what runs is asked to stop. The batch has ended when the last of it has.',
    success: { 200: 'Batch operation cancelled' },
    errors: { ...thingErrors, 409: 'The batch has already ended, or is being undone.' },
    body: 'none',
  },
  { input: z.object(pathBatch), output: envelope(z.literal('Operation cancelled')) },
);
